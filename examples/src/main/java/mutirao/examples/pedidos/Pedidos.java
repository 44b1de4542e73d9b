package mutirao.examples.pedidos;

import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import mutirao.examples.pedidos.Pedido.State;
import mutirao.messaging.Publishes;
import org.springframework.stereotype.Component;

/// The orders of this process, in memory.
@Component
class Pedidos {
    private final Map<String, Pedido> orders = new ConcurrentHashMap<>();

    @Publishes(value = "order.created", topic = "pedidos", key = "id")
    public Pedido create(String product, int quantity) {
        var order = new Pedido(UUID.randomUUID().toString(), product, quantity, State.CREATED);
        orders.put(order.id(), order);
        return order;
    }

    void answered(String id, State state) {
        orders.computeIfPresent(id, (_, order) -> order.with(state));
    }

    Optional<Pedido> find(String id) {
        return Optional.ofNullable(orders.get(id));
    }
}
