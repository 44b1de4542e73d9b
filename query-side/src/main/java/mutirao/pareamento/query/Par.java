package mutirao.pareamento.query;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import mutirao.api.Local;
import mutirao.necessidade.api.Urgencia;
import mutirao.pareamento.query.Parametros.Pesos;
import org.jspecify.annotations.Nullable;

/// A need and an offer that fit, and how well: the matching function, pure.
///
/// `score = Σ weight × value ÷ Σ weight`, each value from 0 to 1:
///
/// | term | value |
/// |---|---|
/// | `DISTANCE` | 1 at the same place, falling evenly to 0 at the radius; ½ where a place is unknown |
/// | `URGENCY` | ¼, ½, ¾, 1 for BAIXA, MEDIA, ALTA, CRITICA |
/// | `EXPIRY` | 72 h ÷ (72 h + time until the offer ends): ½ at three days, 1 at its end |
/// | `DUE` | the same of the time until the need's `neededUntil`; 0 without one |
/// | `COVERAGE` | the mean over the need's lines of the share of what is missing that the offer has |
///
/// @param quotas     what the need can take of the offer, never empty
/// @param distanceKm as the crow flies, on a sphere of 6,371 km; null where a place is unknown
/// @param score      0 to 1
record Par(
        Falta need,
        Sobra offer,
        List<Quota> quotas,
        @Nullable Double distanceKm,
        double score,
        List<Termo> terms) {
    /// Best first; a tie goes to the nearer one, the offer that ends first, and then to the smaller id.
    static final Comparator<Par> BEST_FIRST = Comparator.comparingDouble(Par::score)
            .reversed()
            .thenComparing(Par::distanceKm, Comparator.nullsLast(Comparator.naturalOrder()))
            .thenComparing(par -> par.offer.availableUntil())
            .thenComparing(par -> par.offer.id())
            .thenComparing(par -> par.need.id());

    private static final double HALF_HOURS = 72;
    private static final double EARTH_KM = 6371;

    /// What the score is made of.
    enum Criterio {
        DISTANCE,
        URGENCY,
        EXPIRY,
        DUE,
        COVERAGE
    }

    /// One term of the score.
    ///
    /// @param value  0 to 1
    /// @param weight its share of all weights, 0 to 1
    record Termo(Criterio term, double value, double weight) {}

    /// So many units of a line of the offer for a line of the need.
    ///
    /// @param need     the line as it is before
    /// @param offer    the line as it is before
    /// @param quantity above 0, at most what `need` lacks and what is left of `offer`
    record Quota(Resto need, Resto offer, long quantity) {}

    /// The pair, if the offer has something that the need lacks, both are open at that time, and they are not further
    /// apart than the radius.
    static Optional<Par> of(Falta need, Sobra offer, Parametros parameters, Instant at) {
        if (!need.aberta(at) || !offer.aberta(at)) {
            return Optional.empty();
        }
        var distance = distanceKm(need.location(), offer.location(), parameters.radiusKm());
        if (distance != null && distance > parameters.radiusKm()) {
            return Optional.empty();
        }
        var quotas = quotas(need, offer);
        if (quotas.isEmpty()) {
            return Optional.empty();
        }
        var terms = terms(need, offer, quotas, distance, parameters, at);
        var score = terms.stream().mapToDouble(term -> term.value * term.weight).sum();
        return Optional.of(new Par(need, offer, quotas, distance, Math.clamp(score, 0, 1), terms));
    }

    private static List<Termo> terms(
            Falta need, Sobra offer, List<Quota> quotas, @Nullable Double distance, Parametros parameters, Instant at) {
        var weights = parameters.weights();
        return List.of(
                term(Criterio.DISTANCE, distance == null ? 0.5 : 1 - distance / parameters.radiusKm(), weights),
                term(Criterio.URGENCY, urgency(need.urgency()), weights),
                term(Criterio.EXPIRY, soon(offer.availableUntil(), at), weights),
                term(Criterio.DUE, soon(need.neededUntil(), at), weights),
                term(Criterio.COVERAGE, coverage(need, quotas), weights));
    }

    private static Termo term(Criterio term, double value, Pesos weights) {
        var weight = switch (term) {
            case DISTANCE -> weights.distance();
            case URGENCY -> weights.urgency();
            case EXPIRY -> weights.expiry();
            case DUE -> weights.due();
            case COVERAGE -> weights.coverage();
        };
        return new Termo(term, value, weight / weights.sum());
    }

    private static double urgency(Urgencia urgency) {
        return switch (urgency) {
            case BAIXA -> 0.25;
            case MEDIA -> 0.5;
            case ALTA -> 0.75;
            case CRITICA -> 1;
        };
    }

    private static double soon(@Nullable Instant end, Instant at) {
        if (end == null) {
            return 0;
        }
        var hours = Math.max(0, Duration.between(at, end).toSeconds() / 3600.0);
        return HALF_HOURS / (HALF_HOURS + hours);
    }

    private static double coverage(Falta need, List<Quota> quotas) {
        var shares = quotas.stream()
                .mapToDouble(quota -> (double) quota.quantity / quota.need.quantity())
                .sum();
        return shares / need.items().size();
    }

    /// What the need can take of the offer: line by line, each in its order.
    static List<Quota> quotas(Falta need, Sobra offer) {
        var quotas = new ArrayList<Quota>();
        var left = offer.items().stream().mapToLong(Resto::quantity).toArray();
        for (var wanted : need.items()) {
            var missing = wanted.quantity();
            for (int i = 0; i < left.length && missing > 0; i++) {
                var line = offer.items().get(i);
                var quantity = line.key().equals(wanted.key()) ? Math.min(missing, left[i]) : 0;
                if (quantity > 0) {
                    quotas.add(new Quota(wanted, line, quantity));
                    left[i] -= quantity;
                    missing -= quantity;
                }
            }
        }
        return List.copyOf(quotas);
    }

    /// @param enough beyond so many kilometres the answer need only be beyond it too
    private static @Nullable Double distanceKm(Local one, Local other, double enough) {
        var latitude = one.latitude();
        var longitude = one.longitude();
        var otherLatitude = other.latitude();
        var otherLongitude = other.longitude();
        if (latitude == null || longitude == null || otherLatitude == null || otherLongitude == null) {
            return null;
        }
        var north = Math.toRadians(otherLatitude - latitude);
        if (Math.abs(north) * EARTH_KM > enough) {
            return Double.POSITIVE_INFINITY;
        }
        var east = Math.toRadians(otherLongitude - longitude);
        var chord = square(Math.sin(north / 2))
                + Math.cos(Math.toRadians(latitude))
                        * Math.cos(Math.toRadians(otherLatitude))
                        * square(Math.sin(east / 2));
        return 2 * EARTH_KM * Math.asin(Math.min(1, Math.sqrt(chord)));
    }

    private static double square(double x) {
        return x * x;
    }
}
