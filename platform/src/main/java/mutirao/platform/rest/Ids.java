package mutirao.platform.rest;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Ids of things to be created.
public final class Ids {
    private Ids() {}

    /// The client's choice, or a new one.
    public static UUID orNew(@Nullable UUID chosen) {
        return chosen == null ? UUID.randomUUID() : chosen;
    }
}
