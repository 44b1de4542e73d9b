package mutirao.api;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;

/// So many units of an item whose unit is known from its offer.
///
/// @param item     what, as typed
/// @param quantity whole units, 1 to [#MAX]
public record Quantia(
        @NotNull @Visivel @Size(max = Item.MAX_NAME) String item,
        @Min(1) @Max(Quantia.MAX) long quantity) {
    /// The most units that one line can hold.
    public static final long MAX = 1_000_000_000L;

    /// See [Item#key(String)].
    public String key() {
        return Item.key(item);
    }
}
