package mutirao.messaging.exemplo;

import mutirao.messaging.Consumer;
import mutirao.messaging.OnEvent;
import mutirao.messaging.Retry;

@Consumer(group = "estoque", topics = "pedidos")
record Estoque(Prateleira prateleira) {
    @OnEvent("pedido.criado")
    @Retry(times = 3, delay = "20ms", permanent = UnsupportedOperationException.class)
    void reservar(Pedido pedido) {
        prateleira.tirar(pedido.produto(), pedido.quantidade());
    }
}
