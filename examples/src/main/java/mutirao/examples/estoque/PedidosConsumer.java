package mutirao.examples.estoque;

import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Positive;
import mutirao.messaging.Consumer;
import mutirao.messaging.OnEvent;
import mutirao.messaging.Producer;
import mutirao.messaging.Retry;

/// Hears of orders. A product that is unknown may be on its way: two retries, then the dead letters.
@Consumer(topics = "pedidos")
@Retry(times = 2, delay = "200ms")
class PedidosConsumer {
    private final Estoque stock;
    private final Producer producer;

    PedidosConsumer(Estoque stock, Producer producer) {
        this.stock = stock;
        this.producer = producer;
    }

    /// As much of an order as the stock wants to know; what is not so goes to the dead letters at once.
    record OrderCreated(
            @NotBlank String id,
            @NotBlank String product,
            @Positive int quantity) {}

    /// The data of `stock.insufficient`.
    record Refused(String orderId, String product, int left) {}

    @OnEvent("order.created")
    void on(OrderCreated order) throws UnknownProduct {
        try {
            stock.reserve(order.id(), order.product(), order.quantity());
        } catch (Insufficient e) {
            producer.publish(
                    "estoque", "stock.insufficient", order.id(), new Refused(order.id(), order.product(), e.left()));
        }
    }
}
