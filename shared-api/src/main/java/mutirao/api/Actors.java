package mutirao.api;

import java.nio.charset.StandardCharsets;
import java.util.UUID;

/// Who acts when no person does.
public final class Actors {
    /// The organization of every message until organizations exist.
    public static final UUID ORGANIZATION = UUID.fromString("00000000-0000-0000-0000-000000000001");

    private Actors() {}

    /// The named system user behind a saga, a job or a consumer: the same for the same name, everywhere.
    ///
    /// @param source what it is, as in a message's `source` (`saga:entrega`)
    public static UUID system(String source) {
        return UUID.nameUUIDFromBytes(("mutirao:" + source).getBytes(StandardCharsets.UTF_8));
    }
}
