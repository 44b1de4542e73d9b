package mutirao.pareamento.query;

import static java.util.Comparator.naturalOrder;
import static java.util.Comparator.nullsLast;

import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import mutirao.platform.eventstore.Position;
import org.jspecify.annotations.Nullable;

/// What a rule would have made of a period, beside what was made of it.
///
/// @param rule       always `matching`
/// @param parameters as used
/// @param from       inclusive
/// @param to         exclusive
/// @param position   up to which the record was read
/// @param events     how many events of needs and offers the period has
/// @param unreadable how many events could not be read and were left out
/// @param matches    the needs that the rule would have met, by `metAt`, then those in part; at most [#MOST]
/// @param truncated  whether there were more
record Comparacao(
        String rule,
        Parametros parameters,
        Instant from,
        Instant to,
        Position position,
        long events,
        long unreadable,
        Contagem needs,
        List<Atendimento> matches,
        boolean truncated) {
    /// The most matches that are listed.
    static final int MOST = 1000;

    /// How many needs; all but the first count among the first.
    ///
    /// @param considered        lacked something in the period and were not cancelled in it
    /// @param met               would have been promised in full
    /// @param partlyMet         would have been promised a part
    /// @param metActually       were promised or delivered in full, and stayed so
    /// @param onlySimulated     would have been met and were not
    /// @param onlyActually      were met and would not have been
    /// @param sooner            would have been met and were met, later
    /// @param later             would have been met and were met, earlier
    /// @param meanSecondsSooner of those that would have been met and were met; null without any
    record Contagem(
            long considered,
            long met,
            long partlyMet,
            long metActually,
            long onlySimulated,
            long onlyActually,
            long sooner,
            long later,
            @Nullable Long meanSecondsSooner) {}

    /// A need to which the rule would have promised something.
    ///
    /// @param metAt         when everything would have been promised; null if it was only a part
    /// @param actuallyMetAt when everything was; null if it was not before `to`
    /// @param secondsSooner the time between them, negative if the rule is later
    record Atendimento(
            UUID necessidadeId,
            @Nullable Instant metAt,
            @Nullable Instant actuallyMetAt,
            @Nullable Long secondsSooner,
            List<Parcela> offers) {
        static Atendimento of(NecessidadeSimulada need) {
            return new Atendimento(
                    need.missing().id(),
                    need.metAt(),
                    need.actuallyMetAt(),
                    Comparacao.secondsSooner(need),
                    need.parts().stream().map(Parcela::of).toList());
        }
    }

    /// What one offer would have given.
    ///
    /// @param at    when
    /// @param score as it stood in the ranking
    record Parcela(UUID ofertaId, Instant at, @Nullable Double distanceKm, double score, List<Unidades> items) {
        static Parcela of(NecessidadeSimulada.Parte part) {
            return new Parcela(
                    part.pair().offer().id(),
                    part.at(),
                    Sugestao.rounded(part.pair().distanceKm(), 10),
                    Sugestao.rounded(part.pair().score()),
                    part.quotas().stream().map(Unidades::of).toList());
        }
    }

    /// @param item in the need's spelling
    record Unidades(String item, String unit, long quantity) {
        static Unidades of(Par.Quota quota) {
            return new Unidades(quota.need().item(), quota.need().unit(), quota.quantity());
        }
    }

    static Comparacao of(
            Parametros parameters, Instant from, Instant to, long position, Simulacao simulation, long unreadable) {
        var considered = simulation.needs().stream()
                .filter(NecessidadeSimulada::considered)
                .toList();
        var matches = considered.stream()
                .filter(need -> !need.parts().isEmpty())
                .sorted(Comparator.comparing(NecessidadeSimulada::metAt, nullsLast(naturalOrder()))
                        .thenComparing(need -> need.missing().id()))
                .limit(MOST + 1L)
                .map(Atendimento::of)
                .toList();
        return new Comparacao(
                "matching",
                parameters,
                from,
                to,
                new Position(position),
                simulation.events(),
                unreadable,
                contagem(considered),
                matches.size() > MOST ? matches.subList(0, MOST) : matches,
                matches.size() > MOST);
    }

    private static Contagem contagem(Collection<NecessidadeSimulada> needs) {
        var sooner = needs.stream()
                .map(Comparacao::secondsSooner)
                .filter(Objects::nonNull)
                .mapToLong(Long::longValue)
                .toArray();
        var seconds = Arrays.stream(sooner);
        return new Contagem(
                needs.size(),
                needs.stream().filter(need -> need.metAt() != null).count(),
                needs.stream()
                        .filter(need -> need.metAt() == null && !need.parts().isEmpty())
                        .count(),
                needs.stream().filter(need -> need.actuallyMetAt() != null).count(),
                needs.stream()
                        .filter(need -> need.metAt() != null && need.actuallyMetAt() == null)
                        .count(),
                needs.stream()
                        .filter(need -> need.metAt() == null && need.actuallyMetAt() != null)
                        .count(),
                Arrays.stream(sooner).filter(s -> s > 0).count(),
                Arrays.stream(sooner).filter(s -> s < 0).count(),
                sooner.length == 0 ? null : Math.round(seconds.average().orElse(0)));
    }

    private static @Nullable Long secondsSooner(NecessidadeSimulada need) {
        var simulated = need.metAt();
        var actually = need.actuallyMetAt();
        return simulated == null || actually == null
                ? null
                : Long.valueOf(Duration.between(simulated, actually).toSeconds());
    }
}
