package mutirao.auditoria.query;

import static java.util.stream.Collectors.groupingBy;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import mutirao.api.Page;
import mutirao.api.PageRequest;
import mutirao.auditoria.query.AuditoriaProjection.Registro;
import mutirao.auditoria.query.AuditoriaQueries.Entrada;
import mutirao.platform.eventstore.EventLog;
import mutirao.platform.eventstore.RecordedEvent;
import mutirao.platform.projection.ReadModel;
import mutirao.platform.rest.Cursor;
import mutirao.platform.rest.Problem;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// What became of one aggregate, folded again from its events, some at a time.
@Component
class Historia {
    private static final String OLDEST = "position";
    private static final int CHUNK = 500;

    private final AuditoriaQueries queries;
    private final EventLog log;
    private final Visoes visoes;
    private final JsonMapper json;

    Historia(AuditoriaQueries queries, EventLog log, List<ReadModel<?>> models, JsonMapper json) {
        this.queries = queries;
        this.log = log;
        this.visoes = new Visoes(models);
        this.json = json;
    }

    /// An aggregate's view as it was.
    ///
    /// @throws Problem when there was none, its kind has no view, or an event cannot be read
    Record estado(String aggregateType, UUID id, Momento when) {
        if (queries.of(aggregateType, id, 0, 1).isEmpty()) {
            throw Problem.notFound();
        }
        var model = visoes.of(aggregateType)
                .orElseThrow(() ->
                        new Problem(HttpStatus.NOT_FOUND, "SEM_VISAO", "não há visão de " + aggregateType, List.of()));
        var base = 0L;
        while (true) {
            var attempt = new Attempt(new Fold<>(model, id), when, when.new Choice(base));
            var misfit = attempt.run(aggregateType, id);
            if (misfit.isEmpty()) {
                return attempt.row();
            }
            // What has happened builds on it, so it has happened too, whenever it was recorded.
            base = misfit.get().position();
        }
    }

    private final class Attempt {
        private final Fold<?> fold;
        private final Momento when;
        private final Momento.Choice choice;
        private long version = -1;

        Attempt(Fold<?> fold, Momento when, Momento.Choice choice) {
            this.fold = fold;
            this.when = when;
            this.choice = choice;
        }

        /// @return an event that does not fit to what else is thought to have happened
        Optional<Registro> run(String aggregateType, UUID id) {
            var events = new Events(aggregateType, id, 0, true);
            for (var event = events.next(); event != null; event = events.next()) {
                var row = event.row();
                var own = row.aggregateType().equals(aggregateType)
                        && row.aggregateId().equals(id);
                if (own && when.version() != null && row.version() > when.version()) {
                    break;
                }
                if (!choice.counts(row)) {
                    continue;
                }
                var taken = event.takenBy(fold);
                if ((!taken || (own && fold.row() == null)) && choice.mayBuildOnMore(row)) {
                    return Optional.of(row);
                }
                if (!taken) {
                    throw Problem.conflict(
                            "EVENTO_ILEGIVEL",
                            "o evento " + row.type() + " na posição " + row.position()
                                    + " não pode ser aplicado por esta versão do programa");
                }
                version = own ? row.version() : version;
            }
            return Optional.empty();
        }

        Record row() {
            var row = fold.row();
            if (row == null || (when.version() != null && version < when.version())) {
                throw Problem.notFound();
            }
            return row;
        }
    }

    /// Some of an aggregate's events with what they changed, oldest first.
    ///
    /// @param asked      which page
    /// @param at         only what was recorded then or before; null for all
    /// @param occurredAt only what happened then or before; null for all
    /// @throws Problem when there is no such aggregate
    Page<EventoComMudancas> pagina(
            String aggregateType, UUID id, PageRequest asked, @Nullable Instant at, @Nullable Instant occurredAt) {
        var cursor = Cursor.of(asked.cursor(), OLDEST);
        var after = cursor == null ? 0 : cursor.place();
        if (queries.of(aggregateType, id, 0, 1).isEmpty()) {
            throw Problem.notFound();
        }
        var model = visoes.of(aggregateType);
        var page =
                new Walk(model.map(found -> new Fold<>(found, id)).orElse(null), after, asked.limit(), at, occurredAt);
        return page.over(new Events(aggregateType, id, model.isPresent() ? 0 : after, model.isPresent()), id);
    }

    private final class Walk {
        private final @Nullable Fold<?> fold;
        private final long after;
        private final int limit;
        private final @Nullable Instant at;
        private final @Nullable Instant occurredAt;
        private final List<EventoComMudancas> shown = new ArrayList<>();
        private boolean broken;
        private boolean lastShown;

        Walk(@Nullable Fold<?> fold, long after, int limit, @Nullable Instant at, @Nullable Instant occurredAt) {
            this.fold = fold;
            this.after = after;
            this.limit = limit;
            this.at = at;
            this.occurredAt = occurredAt;
        }

        Page<EventoComMudancas> over(Events events, UUID id) {
            for (var event = events.next(); event != null; event = events.next()) {
                var own = event.row().aggregateId().equals(id)
                        && event.row().aggregateType().equals(events.type());
                var wanted = wanted(event.row());
                if (own && wanted && shown.size() == limit) {
                    return new Page<>(
                            shown,
                            Cursor.at(OLDEST, shown.getLast().event().position().index()));
                }
                var show = own ? wanted : lastShown;
                var before = show ? tree() : null;
                var note = fold(event, own);
                var changes = show && note == null ? Mudanca.between(before, tree()) : List.<Mudanca>of();
                if (own) {
                    lastShown = wanted;
                }
                if (own && wanted) {
                    shown.add(new EventoComMudancas(event.shown(), changes, new ArrayList<>(), note));
                } else if (show && !changes.isEmpty()) {
                    shown.getLast().foreign().add(EventoComMudancas.Alheio.of(event.row(), changes));
                }
            }
            return new Page<>(shown, null);
        }

        private boolean wanted(Registro row) {
            return row.position() > after
                    && (at == null || !row.timestamp().isAfter(at))
                    && (occurredAt == null || !row.occurredAt().isAfter(occurredAt));
        }

        /// Takes an event, unless an earlier one could not be.
        ///
        /// @return why not
        private @Nullable String fold(Read event, boolean own) {
            if (fold == null) {
                return "este tipo de agregado não tem visão";
            }
            if (broken) {
                return "um evento anterior não pôde ser aplicado à visão";
            }
            broken = !event.takenBy(fold) && own;
            return broken ? "não pôde ser aplicado à visão por esta versão do programa" : null;
        }

        private @Nullable JsonNode tree() {
            var row = fold == null ? null : fold.row();
            return row == null ? null : json.valueToTree(row);
        }
    }

    /// An event as the index knows it and as the store gives it.
    private record Read(Entrada entry, List<RecordedEvent> stored) {
        Registro row() {
            return entry.row();
        }

        boolean takenBy(Fold<?> fold) {
            return !stored.isEmpty() && stored.stream().allMatch(fold::take);
        }

        Evento shown() {
            return Evento.of(entry, stored.isEmpty() ? null : stored.getFirst().json());
        }
    }

    /// The events of a view or of an aggregate, oldest first.
    private final class Events {
        private final String type;
        private final UUID id;
        private final boolean view;
        private final Deque<Read> read = new ArrayDeque<>();
        private long position;
        private boolean end;

        Events(String type, UUID id, long after, boolean view) {
            this.type = type;
            this.id = id;
            this.view = view;
            this.position = after;
        }

        String type() {
            return type;
        }

        @Nullable
        Read next() {
            if (read.isEmpty() && !end) {
                fetch();
            }
            return read.poll();
        }

        private void fetch() {
            var rows = view ? queries.ofView(type, id, position, CHUNK) : queries.of(type, id, position, CHUNK);
            end = rows.size() < CHUNK;
            var stored = log.at(rows.stream().map(Entrada::position).toList()).stream()
                    .collect(groupingBy(event -> event.meta().position()));
            rows.forEach(row -> read.add(new Read(row, stored.getOrDefault(row.position(), List.of()))));
            position = rows.isEmpty() ? position : rows.getLast().position();
        }
    }
}
