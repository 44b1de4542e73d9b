package mutirao.messaging.exemplo;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/// What there is to take. It sticks sometimes.
class Prateleira {
    final Map<String, Integer> there = new ConcurrentHashMap<>(Map.of("arroz", 10));
    final List<String> tries = new CopyOnWriteArrayList<>();
    final AtomicInteger sticks = new AtomicInteger();

    void tirar(String product, int quantity) {
        tries.add(product);
        if (sticks.getAndDecrement() > 0) {
            throw new IllegalStateException("emperrada");
        }
        if (!there.containsKey(product)) {
            throw new UnsupportedOperationException("não há " + product);
        }
        there.merge(product, -quantity, Integer::sum);
    }
}
