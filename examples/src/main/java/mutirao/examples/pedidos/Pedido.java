package mutirao.examples.pedidos;

/// An order. It is the data of `order.created` as well.
///
/// @param id       that the stock's answer names
/// @param product  what is asked for
/// @param quantity how much of it
/// @param state    what is known of it
public record Pedido(String id, String product, int quantity, State state) {
    /// What becomes of an order.
    public enum State {
        /// The stock has not answered.
        CREATED,
        /// It is set aside.
        RESERVED,
        /// There is not enough.
        REFUSED
    }

    Pedido with(State next) {
        return new Pedido(id, product, quantity, next);
    }
}
