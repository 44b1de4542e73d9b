package mutirao.pareamento.query;

import static java.util.Objects.requireNonNull;

import io.soabase.recordbuilder.core.RecordBuilder;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import mutirao.api.Titular;
import mutirao.necessidade.api.NecessidadeEvent;
import mutirao.necessidade.api.NecessidadeEvent.CompromissoLiberado;
import mutirao.necessidade.api.NecessidadeEvent.CompromissoRecusado;
import mutirao.necessidade.api.NecessidadeEvent.NecessidadeAtendida;
import mutirao.necessidade.api.NecessidadeEvent.NecessidadeComprometida;
import mutirao.necessidade.api.NecessidadeEvent.NecessidadeExpirada;
import mutirao.necessidade.api.NecessidadeResumo;
import mutirao.necessidade.api.NecessidadeStatus;
import mutirao.pareamento.query.Par.Quota;
import mutirao.platform.eventstore.EventMeta;
import mutirao.platform.projection.Projection;
import org.jspecify.annotations.Nullable;

/// A need in a simulation, twice: as it really was, and with the rule's promises instead of the period's own.
/// *Met* means that everything it asks for has been promised or delivered.
@RecordBuilder.Include(NecessidadeResumo.class)
final class NecessidadeSimulada {
    private final Projection<NecessidadeEvent, NecessidadeResumo> fold;
    private final List<Parte> parts = new ArrayList<>();
    private final Set<Titular> leftOut = new HashSet<>();
    private @Nullable NecessidadeResumo real;
    private @Nullable NecessidadeResumo simulated;
    private @Nullable Instant actuallyMetAt;
    private @Nullable Instant metAt;
    private boolean considered;

    /// Whether the two differ by an event; until then they share a row.
    private boolean parted;

    private final Tomado<Falta> taken = new Tomado<>(Quota::need, units -> Falta.de(requireNonNull(simulated), units));

    NecessidadeSimulada(Projection<NecessidadeEvent, NecessidadeResumo> fold) {
        this.fold = fold;
    }

    /// What one offer gave.
    ///
    /// @param pair as it stood in the ranking
    record Parte(Par pair, List<Quota> quotas, Instant at) {}

    /// An event from before the period.
    void before(NecessidadeEvent event, EventMeta meta) {
        real = evolved(real, event, meta);
        actuallyMetAt = met(real) ? meta.timestamp() : null;
        simulated = real;
        taken.changed();
    }

    /// An event of the period.
    ///
    /// @return whether it can lack something new
    boolean during(NecessidadeEvent event, EventMeta meta) {
        real = evolved(real, event, meta);
        actuallyMetAt = !met(real) ? null : actuallyMetAt == null ? meta.timestamp() : actuallyMetAt;
        if (!told(event)) {
            parted = true;
            return false;
        }
        simulated = parted ? evolved(simulated, event, meta) : real;
        taken.changed();
        return true;
    }

    private boolean told(NecessidadeEvent event) {
        return switch (event) {
            case NecessidadeComprometida e -> {
                leftOut.add(e.titular());
                yield false;
            }
            case CompromissoLiberado e -> !leftOut.remove(e.titular());
            case NecessidadeAtendida e -> !leftOut.remove(e.titular());
            case CompromissoRecusado _ -> false;
            case NecessidadeExpirada _ -> taken.nothing(); // what has been promised something does not lapse
            case NecessidadeEvent.NecessidadeCriada _,
                    NecessidadeEvent.NecessidadeAtualizada _,
                    NecessidadeEvent.NecessidadePublicada _,
                    NecessidadeEvent.NecessidadeRecolhida _,
                    NecessidadeEvent.NecessidadeCancelada _ -> true;
        };
    }

    private NecessidadeResumo evolved(@Nullable NecessidadeResumo row, NecessidadeEvent event, EventMeta meta) {
        return NecessidadeResumoBuilder.builder(requireNonNull(fold.next(row, event, meta)))
                .metadata(Map.of()) // of what is held by the hundred thousand, only what counts
                .publica(false)
                .reason(null)
                .build();
    }

    private static boolean met(NecessidadeResumo row) {
        return row.status() != NecessidadeStatus.CANCELADA
                && row.status() != NecessidadeStatus.EXPIRADA
                && row.items().stream().allMatch(line -> line.pending() == 0);
    }

    /// Notes what it lacks at a time of the period, or that it lacks nothing any more.
    void seen(Instant at) {
        if (missing().aberta(at)) {
            considered = true;
        }
        metAt = !met(requireNonNull(simulated)) && !filled() ? null : metAt == null ? at : metAt;
    }

    private boolean filled() {
        return !taken.nothing() && !ended() && missing().items().isEmpty();
    }

    /// Whether it has ended, but for what the rule has promised to it.
    boolean ended() {
        return requireNonNull(simulated).status().encerrada();
    }

    boolean cancelled() {
        return requireNonNull(real).status() == NecessidadeStatus.CANCELADA;
    }

    /// Whether it lacked something at some time of the period, and was not cancelled in it.
    boolean considered() {
        return considered && !cancelled();
    }

    Falta missing() {
        return taken.rest();
    }

    /// What it lacks; nothing before its first event.
    List<Resto> items() {
        return simulated == null ? List.of() : missing().items();
    }

    void take(Par pair, List<Quota> quotas, Instant at) {
        taken.take(quotas);
        parts.add(new Parte(pair, quotas, at));
        seen(at);
    }

    /// Forgets all that the rule has promised to it.
    List<Parte> giveBack() {
        var given = List.copyOf(parts);
        parts.clear();
        taken.giveAllBack();
        return given;
    }

    /// What the rule has promised to it.
    List<Parte> parts() {
        return parts;
    }

    /// When the rule had promised all of it; null if it never had.
    @Nullable
    Instant metAt() {
        return metAt;
    }

    /// When it had really been promised or delivered in full, to stay so until the end of the period; null if it had
    /// not.
    @Nullable
    Instant actuallyMetAt() {
        return actuallyMetAt;
    }
}
