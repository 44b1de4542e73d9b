package mutirao.examples.estoque;

import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import mutirao.messaging.Publishes;
import org.springframework.stereotype.Component;

/// What is left of each product, in memory.
@Component
class Estoque {
    private final Map<String, Integer> left = new HashMap<>(Map.of("agua", 100, "cobertor", 20));

    /// The data of `stock.reserved`.
    record Reserved(String orderId, String product, int quantity) {}

    /// @throws Insufficient   when less is left
    /// @throws UnknownProduct when nobody ever brought any
    @Publishes(value = "stock.reserved", topic = "estoque", key = "orderId")
    public Reserved reserve(String orderId, String product, int quantity) throws Insufficient, UnknownProduct {
        take(product, quantity);
        return new Reserved(orderId, product, quantity);
    }

    private synchronized void take(String product, int quantity) throws Insufficient, UnknownProduct {
        var before = left.get(product);
        if (before == null) {
            throw new UnknownProduct("nobody ever brought any " + product);
        }
        if (before < quantity) {
            throw new Insufficient(before);
        }
        left.put(product, before - quantity);
    }

    synchronized void bring(String product, int quantity) {
        left.merge(product, quantity, Integer::sum);
    }

    synchronized Map<String, Integer> left() {
        return new TreeMap<>(left);
    }
}
