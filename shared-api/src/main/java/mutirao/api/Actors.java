package mutirao.api;

import java.nio.charset.StandardCharsets;
import java.util.UUID;

/// Who acts when no person does.
public final class Actors {
    /// The organization that is there from the beginning: of messages that name none.
    public static final UUID ORGANIZATION = UUID.fromString("00000000-0000-0000-0000-000000000001");

    /// The administrator that a first start makes.
    public static final UUID ADMINISTRATOR = UUID.fromString("00000000-0000-0000-0000-0000000000ad");

    private static final int BY_NAME = 3; // the version of a UUID that is made of a name with MD5

    private Actors() {}

    /// The named system user behind a saga, a job or a consumer: the same for the same name, everywhere.
    ///
    /// @param source what it is, as in a message's `source` (`saga:entrega`)
    public static UUID system(String source) {
        return UUID.nameUUIDFromBytes(("mutirao:" + source).getBytes(StandardCharsets.UTF_8));
    }

    /// Whether nobody registered can have that id: it is the first administrator's, or may be a [#system] user's.
    public static boolean reserved(UUID id) {
        return id.equals(ADMINISTRATOR) || id.version() == BY_NAME;
    }
}
