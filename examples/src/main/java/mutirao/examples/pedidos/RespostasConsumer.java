package mutirao.examples.pedidos;

import jakarta.validation.constraints.NotBlank;
import mutirao.examples.pedidos.Pedido.State;
import mutirao.messaging.Consumer;
import mutirao.messaging.OnEvent;

/// Hears what the stock answers.
@Consumer(topics = "estoque")
class RespostasConsumer {
    private final Pedidos orders;

    RespostasConsumer(Pedidos orders) {
        this.orders = orders;
    }

    record Answer(@NotBlank String orderId) {}

    @OnEvent("stock.reserved")
    void reserved(Answer answer) {
        orders.answered(answer.orderId(), State.RESERVED);
    }

    @OnEvent("stock.insufficient")
    void insufficient(Answer answer) {
        orders.answered(answer.orderId(), State.REFUSED);
    }
}
