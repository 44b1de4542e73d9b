package mutirao.platform.saga;

import java.util.List;
import mutirao.api.DomainCommand;
import org.jspecify.annotations.Nullable;

/// What a saga decides on an event.
///
/// @param state  the saga from now on; null when it has not begun
/// @param orders what is to be sent
public record Step<S extends Record>(@Nullable S state, List<Order> orders) {
    /// Goes on to a state and sends these at once.
    public static <S extends Record> Step<S> to(@Nullable S state, DomainCommand... commands) {
        return new Step<>(state, List.of(commands).stream().map(Order::now).toList());
    }

    /// Goes on to a state and sends these when they are due.
    public static <S extends Record> Step<S> to(@Nullable S state, List<Order> orders) {
        return new Step<>(state, orders);
    }
}
