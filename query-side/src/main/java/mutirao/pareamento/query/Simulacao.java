package mutirao.pareamento.query;

import static java.util.Comparator.comparing;
import static java.util.Comparator.naturalOrder;
import static java.util.Comparator.nullsLast;
import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import mutirao.api.DomainEvent;
import mutirao.necessidade.api.NecessidadeEvent;
import mutirao.necessidade.api.NecessidadeEvent.NecessidadeCriada;
import mutirao.necessidade.api.NecessidadeResumo;
import mutirao.oferta.api.OfertaEvent;
import mutirao.oferta.api.OfertaEvent.OfertaPublicada;
import mutirao.oferta.api.OfertaResumo;
import mutirao.platform.eventstore.EventMeta;
import mutirao.platform.projection.Projection;

/// A period told again, with goods promised by a rule instead of by people. What people asked for and offered happens
/// as it is recorded; what they did about it in the period (holds, promises, deliveries) is left out, and whenever a
/// need or an offer appears or changes, whatever fits is matched at once, best first. Promises and holds from before
/// the period stand, and end as recorded. The read models' own projections fold the rows. Not thread-safe.
final class Simulacao {
    private final Projection<NecessidadeEvent, NecessidadeResumo> needFold;
    private final Projection<OfertaEvent, OfertaResumo> offerFold;
    private final Parametros parameters;
    private final Instant from;
    private final Instant to;
    private final Runnable pulse;

    private final Map<UUID, NecessidadeSimulada> needs = new LinkedHashMap<>();
    private final Map<UUID, OfertaSimulada> offers = new LinkedHashMap<>();
    private final Map<String, Set<NecessidadeSimulada>> needsByItem = new HashMap<>();
    private final Map<String, Set<OfertaSimulada>> offersByItem = new HashMap<>();
    private boolean begun;
    private long events;

    /// @param from  inclusive, before `to`
    /// @param to    exclusive
    /// @param pulse called before every search for a match; what it throws ends the simulation
    Simulacao(
            Projection<NecessidadeEvent, NecessidadeResumo> needFold,
            Projection<OfertaEvent, OfertaResumo> offerFold,
            Parametros parameters,
            Instant from,
            Instant to,
            Runnable pulse) {
        this.needFold = needFold;
        this.offerFold = offerFold;
        this.parameters = parameters;
        this.from = from;
        this.to = to;
        this.pulse = pulse;
    }

    /// The next event of the record. Left out: those from `to` on, and those of things whose beginning was not seen.
    void on(DomainEvent event, EventMeta meta) {
        if (!meta.timestamp().isBefore(to)) {
            return;
        }
        if (!begun && !meta.timestamp().isBefore(from)) {
            begin();
        }
        if (begun) {
            events++;
        }
        switch (event) {
            case NecessidadeEvent e -> on(e, meta);
            case OfertaEvent e -> on(e, meta);
            default -> {}
        }
    }

    /// How many needs and offers are held in memory.
    int held() {
        return needs.size() + offers.size();
    }

    /// How many events of the period have been told.
    long events() {
        return events;
    }

    /// What became of every need, once all events have been told.
    Collection<NecessidadeSimulada> needs() {
        if (!begun) {
            begin();
        }
        return needs.values();
    }

    /// Whatever is open already at the beginning is matched, the most urgent need first.
    private void begin() {
        begun = true;
        offers.values()
                .forEach(offer -> index(offersByItem, List.of(), offer.left().items(), offer));
        needs.values().forEach(need -> {
            need.seen(from);
            index(needsByItem, List.of(), need.missing().items(), need);
        });
        var byUrgency = comparing((NecessidadeSimulada need) -> need.missing().urgency())
                .reversed()
                .thenComparing(need -> need.missing().neededUntil(), nullsLast(naturalOrder()))
                .thenComparing(need -> need.missing().id());
        needs.values().stream().sorted(byUrgency).toList().forEach(need -> match(need, from));
    }

    private void on(NecessidadeEvent event, EventMeta meta) {
        var id = event.id().value();
        if (event instanceof NecessidadeCriada) {
            needs.put(id, new NecessidadeSimulada(needFold));
        }
        var need = needs.get(id);
        if (need == null) {
            return;
        }
        if (!begun) {
            need.before(event, meta);
            if (need.ended()) {
                needs.remove(id);
            }
            return;
        }
        var old = need.items();
        var at = later(meta.timestamp());
        var changed = need.during(event, meta);
        need.seen(at);
        index(needsByItem, old, need.items(), need);
        if (need.cancelled()) {
            need.giveBack().forEach(taken -> back(taken, at));
        } else if (changed) {
            match(need, at);
        }
    }

    private void on(OfertaEvent event, EventMeta meta) {
        var id = event.id().value();
        if (event instanceof OfertaPublicada) {
            offers.put(id, new OfertaSimulada(offerFold));
        }
        var offer = offers.get(id);
        if (offer == null) {
            return;
        }
        var old = offer.items();
        var changed = begun ? offer.during(event, meta) : offer.before(event, meta);
        if (begun) {
            index(offersByItem, old, offer.items(), offer);
        }
        if (offer.ended()) {
            offers.remove(id);
        } else if (begun && changed) {
            match(offer, later(meta.timestamp()));
        }
    }

    /// Clocks of several processes differ a little: once the period has begun, nothing happens before it.
    private Instant later(Instant timestamp) {
        return timestamp.isBefore(from) ? from : timestamp;
    }

    private void back(NecessidadeSimulada.Parte taken, Instant at) {
        var offer = offers.get(taken.pair().offer().id());
        if (offer != null) {
            var old = offer.items();
            offer.giveBack(taken.quotas());
            index(offersByItem, old, offer.items(), offer);
            match(offer, at);
        }
    }

    private void match(NecessidadeSimulada need, Instant at) {
        var found = candidates(offersByItem, need.items());
        allocate(need.missing().aberta(at), found.map(offer -> pair(need, offer, at)), at);
    }

    private void match(OfertaSimulada offer, Instant at) {
        var found = candidates(needsByItem, offer.items());
        allocate(offer.left().aberta(at), found.map(need -> pair(need, offer, at)), at);
    }

    private Optional<Par> pair(NecessidadeSimulada need, OfertaSimulada offer, Instant at) {
        return Par.of(need.missing(), offer.left(), parameters, at);
    }

    /// @param open  whether there is anything to give or to get at all
    /// @param pairs looked for only then
    private void allocate(boolean open, Stream<Optional<Par>> pairs, Instant at) {
        pulse.run();
        if (open) {
            allocate(pairs.flatMap(Optional::stream).sorted(Par.BEST_FIRST).toList(), at);
        }
    }

    private void allocate(List<Par> pairs, Instant at) {
        for (var pair : pairs) {
            var need = requireNonNull(needs.get(pair.need().id()));
            var offer = requireNonNull(offers.get(pair.offer().id()));
            var quotas = Par.quotas(need.missing(), offer.left());
            if (!quotas.isEmpty()) {
                var lacked = need.items();
                var had = offer.items();
                offer.take(quotas);
                need.take(pair, quotas, at);
                index(needsByItem, lacked, need.items(), need);
                index(offersByItem, had, offer.items(), offer);
            }
        }
    }

    private static <T> Stream<T> candidates(Map<String, Set<T>> index, List<Resto> items) {
        return items.stream()
                .map(Resto::key)
                .distinct()
                .flatMap(key -> index.getOrDefault(key, Set.of()).stream())
                .distinct();
    }

    private static <T> void index(Map<String, Set<T>> index, List<Resto> old, List<Resto> now, T thing) {
        old.forEach(rest -> index.computeIfPresent(rest.key(), (_, things) -> {
            things.remove(thing);
            return things.isEmpty() ? null : things;
        }));
        now.forEach(rest ->
                index.computeIfAbsent(rest.key(), _ -> new LinkedHashSet<>()).add(thing));
    }
}
