package mutirao.messaging.contract;

import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.PositiveOrZero;
import org.jspecify.annotations.Nullable;

/// What the tests send about.
///
/// @param number its place in the order
/// @param name   `veneno` for one that no handler can handle
public record Item(
        @PositiveOrZero int number, @NotBlank @Nullable String name) {
    /// Whether nobody can handle it.
    boolean poison() {
        return "veneno".equals(name);
    }
}
