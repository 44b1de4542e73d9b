package mutirao.pareamento.query;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import mutirao.pareamento.query.Par.Quota;
import org.jspecify.annotations.Nullable;

/// What a rule has taken of a need's or an offer's lines, and what remains of it, which is worked out when it is asked
/// for. Not thread-safe.
///
/// @param <R> what remains
final class Tomado<R> {
    private final Map<String, Long> taken = new HashMap<>();
    private final Function<Quota, Resto> side;
    private final Function<Map<String, Long>, R> rest;
    private @Nullable R known;

    /// @param side its line of a quota
    /// @param rest what remains of it, given the units that are taken, by line
    Tomado(Function<Quota, Resto> side, Function<Map<String, Long>, R> rest) {
        this.side = side;
        this.rest = rest;
    }

    boolean nothing() {
        return taken.isEmpty();
    }

    void take(List<Quota> quotas) {
        quotas.forEach(quota -> taken.merge(side.apply(quota).line(), quota.quantity(), Long::sum));
        changed();
    }

    void giveBack(List<Quota> quotas) {
        quotas.forEach(quota -> taken.merge(side.apply(quota).line(), -quota.quantity(), Long::sum));
        changed();
    }

    void giveAllBack() {
        taken.clear();
        changed();
    }

    /// The need or the offer itself is another now.
    void changed() {
        known = null;
    }

    R rest() {
        var answer = known;
        if (answer == null) {
            answer = rest.apply(taken);
            known = answer;
        }
        return answer;
    }
}
