package mutirao.pareamento.query;

import java.text.NumberFormat;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import mutirao.pareamento.query.Par.Criterio;
import mutirao.pareamento.query.Par.Quota;
import mutirao.pareamento.query.Par.Termo;
import org.jspecify.annotations.Nullable;

/// An offer that fits a need, and why.
///
/// @param score      0 to 1, the sum of the reasons' contributions
/// @param distanceKm as the crow flies; null where a place is unknown
/// @param expiresIn  how long the offer can still be reserved
/// @param items      what the need could take of it
/// @param reasons    the terms of the score
record Sugestao(
        UUID ofertaId,
        double score,
        @Nullable Double distanceKm,
        Duration expiresIn,
        List<Linha> items,
        List<Razao> reasons) {
    private static final Locale LANGUAGE = Locale.of("pt", "BR");

    /// A line that both have.
    ///
    /// @param item      as the need spells it
    /// @param offerItem as the offer spells it
    /// @param quantity  what the need could take: the smaller of `pending` and `available`
    /// @param sameName  whether a delivery can name both as they are; if not, one of them has to be corrected first
    record Linha(
            String item, String offerItem, String unit, long quantity, long pending, long available, boolean sameName) {
        static Linha of(Quota quota) {
            return new Linha(
                    quota.need().item(),
                    quota.offer().item(),
                    quota.need().unit(),
                    quota.quantity(),
                    quota.need().quantity(),
                    quota.offer().quantity(),
                    quota.need().sameAs(quota.offer()));
        }
    }

    /// A term of the score.
    ///
    /// @param value        0 to 1
    /// @param weight       its share of all weights
    /// @param contribution `value` × `weight`
    /// @param text         for people
    record Razao(Criterio term, double value, double weight, double contribution, String text) {}

    static Sugestao of(Par pair, Parametros parameters, Instant at) {
        return new Sugestao(
                pair.offer().id(),
                rounded(pair.score()),
                rounded(pair.distanceKm(), 10),
                Duration.between(at, pair.offer().availableUntil()).truncatedTo(ChronoUnit.SECONDS),
                pair.quotas().stream().map(Linha::of).toList(),
                pair.terms().stream()
                        .map(term -> reason(term, pair, parameters, at))
                        .toList());
    }

    private static Razao reason(Termo term, Par pair, Parametros parameters, Instant at) {
        var text = switch (term.term()) {
            case DISTANCE -> distance(pair.distanceKm(), parameters);
            case URGENCY -> "urgência " + pair.need().urgency();
            case EXPIRY ->
                "a oferta termina em " + time(Duration.between(at, pair.offer().availableUntil()));
            case DUE -> due(pair.need().neededUntil(), at);
            case COVERAGE ->
                "cobre " + Math.round(100 * term.value()) + "% do que falta ("
                        + pair.quotas().stream().map(Quota::need).distinct().count() + " de "
                        + pair.need().items().size() + (pair.need().items().size() == 1 ? " item)" : " itens)");
        };
        return new Razao(
                term.term(),
                rounded(term.value()),
                rounded(term.weight()),
                rounded(term.value() * term.weight()),
                text);
    }

    private static String distance(@Nullable Double km, Parametros parameters) {
        var format = NumberFormat.getInstance(LANGUAGE);
        format.setMaximumFractionDigits(1);
        return km == null
                ? "distância desconhecida: falta a posição da necessidade ou da oferta"
                : "a " + format.format(km) + " km, num raio de " + format.format(parameters.radiusKm()) + " km";
    }

    private static String due(@Nullable Instant neededUntil, Instant at) {
        if (neededUntil == null) {
            return "a necessidade não tem prazo";
        }
        return at.isBefore(neededUntil)
                ? "a necessidade vence em " + time(Duration.between(at, neededUntil))
                : "a necessidade já passou do prazo";
    }

    private static String time(Duration left) {
        if (left.toHours() < 1) {
            return "menos de uma hora";
        }
        return left.toHours() < 48 ? left.toHours() + " h" : left.toDays() + " dias";
    }

    static double rounded(double value) {
        return Math.round(value * 10_000) / 10_000.0;
    }

    static @Nullable Double rounded(@Nullable Double value, int steps) {
        return value == null ? null : Double.valueOf(Math.round(value * steps) / (double) steps);
    }
}
