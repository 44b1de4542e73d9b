package mutirao.platform.command;

import static mutirao.platform.command.IdempotencyConflict.Reason.IDEMPOTENCY_KEY_IN_USE;
import static mutirao.platform.command.IdempotencyConflict.Reason.IDEMPOTENCY_KEY_REUSED;

import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import mutirao.platform.identity.ActorMetadata;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.json.JsonMapper;

/// The answers already given, by caller and key. The row is written in the command's own transaction, so that an effect
/// and its answer are durable together or not at all.
public final class Idempotency {
    private final JdbcClient db;
    private final JsonMapper json;

    Idempotency(JdbcClient db, JsonMapper json) {
        this.db = db;
        this.json = json;
    }

    /// A key taken until the end of the transaction.
    ///
    /// @param answer what was answered before; null when the command must run
    record Claim(UUID caller, Sender.Once once, @Nullable Receipt answer) {}

    /// The answer already given to this caller and key.
    ///
    /// @throws IdempotencyConflict when it was given to another body
    public Optional<Receipt> answer(UUID caller, Sender.Once once) {
        return db.sql("select body_hash, answer::text from idempotency where caller = ? and key = ?")
                .params(caller, once.key())
                .query((row, _) -> {
                    if (!row.getString(1).equals(once.bodyHash())) {
                        throw new IdempotencyConflict(IDEMPOTENCY_KEY_REUSED);
                    }
                    return json.readValue(row.getString(2), Receipt.class);
                })
                .optional();
    }

    @Nullable
    Claim claim(Map<String, ?> metadata) {
        if (!(metadata.get(Sender.IDEMPOTENCY_KEY) instanceof String key)
                || !(metadata.get(Sender.BODY_HASH) instanceof String hash)) {
            return null;
        }
        var caller = UUID.fromString(String.valueOf(metadata.get(ActorMetadata.USER)));
        var free = db.sql("select pg_try_advisory_xact_lock(hashtextextended(?, 0))")
                .param(caller + " " + key)
                .query(Boolean.class)
                .single();
        if (!free) {
            throw new IdempotencyConflict(IDEMPOTENCY_KEY_IN_USE);
        }
        var once = new Sender.Once(key, hash);
        return new Claim(caller, once, answer(caller, once).orElse(null));
    }

    void answered(Claim claim, Receipt receipt) {
        db.sql("insert into idempotency (caller, key, body_hash, answer) values (?, ?, ?, ?::jsonb)")
                .params(claim.caller(), claim.once().key(), claim.once().bodyHash(), json.writeValueAsString(receipt))
                .update();
    }
}
