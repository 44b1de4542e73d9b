package mutirao.platform.command;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import mutirao.api.Actors;
import mutirao.platform.identity.Actor;
import mutirao.platform.identity.ActorMetadata;
import org.jspecify.annotations.Nullable;

/// On whose behalf a command is sent; becomes its metadata, and through correlation that of its events, but for the
/// roles.
///
/// @param correlationId   shared by all that one request from outside causes
/// @param causationId     the message or request that caused the command
/// @param source          `rest`, `console`, `consumer:<group>`, `saga:<name>` or `job:<name>`
/// @param once            makes it take effect once; null where the command's own ids do
/// @param expectedVersion the aggregate's version that it was decided on; null for any
public record Sender(
        Actor actor,
        String correlationId,
        String causationId,
        String source,
        @Nullable Once once,
        @Nullable Long expectedVersion) {

    /// Metadata keys.
    static final String EXPECTED_VERSION = "expectedVersion";

    static final String BODY_HASH = "bodyHash";
    static final String IDEMPOTENCY_KEY = "idempotencyKey";

    /// A key that a caller gives to make a command take effect once.
    ///
    /// @param key      1–200 visible characters, unique within the caller
    /// @param bodyHash of the whole request: the same key with another one is a mistake
    public record Once(String key, String bodyHash) {}

    /// A saga or job that goes on with what somebody's message began.
    public static Sender system(String source, UUID organizationId, String correlationId, String causationId) {
        var actor = new Actor(Actors.system(source), organizationId, Set.of(), true);
        return new Sender(actor, correlationId, causationId, source, null, null);
    }

    /// A consumer that does what another system asks for.
    ///
    /// @param once makes the same message take effect once
    public static Sender consumer(
            String source, UUID organizationId, String correlationId, String causationId, Once once) {
        return new Sender(
                system(source, organizationId, correlationId, causationId).actor(),
                correlationId,
                causationId,
                source,
                once,
                null);
    }

    /// Who acts.
    public UUID userId() {
        return actor.userId();
    }

    /// For which organization.
    public UUID organizationId() {
        return actor.organizationId();
    }

    /// The same sender, acting for another organization; see [Actor#in].
    public Sender in(UUID organization) {
        return new Sender(actor.in(organization), correlationId, causationId, source, once, expectedVersion);
    }

    /// The same sender, who has seen the aggregate at that version.
    public Sender expecting(@Nullable Long version) {
        return new Sender(actor, correlationId, causationId, source, once, version);
    }

    /// The same sender without a key: for the single commands of a request that is not one command.
    public Sender withoutKey() {
        return new Sender(actor, correlationId, causationId, source, null, null);
    }

    /// What a command carries.
    public Map<String, Object> metadata() {
        var data = new HashMap<String, Object>(ActorMetadata.of(actor));
        data.put("correlationId", correlationId);
        data.put("causationId", causationId);
        data.put("source", source);
        if (once != null) {
            data.put(IDEMPOTENCY_KEY, once.key());
            data.put(BODY_HASH, once.bodyHash());
        }
        if (expectedVersion != null) {
            data.put(EXPECTED_VERSION, expectedVersion);
        }
        return data;
    }
}
