package mutirao.platform.command;

import static mutirao.platform.command.IdempotencyConflict.Reason.IDEMPOTENCY_KEY_IN_USE;
import static mutirao.platform.command.IdempotencyConflict.Reason.IDEMPOTENCY_KEY_REUSED;

import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import mutirao.platform.eventstore.Engine;
import mutirao.platform.identity.ActorMetadata;
import org.axonframework.modelling.command.ConcurrencyException;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.json.JsonMapper;

/// The answers already given, by caller and key. With PostgreSQL the row is written in the command's own transaction,
/// so that an effect and its answer are durable together or not at all. An [Engine] commits by itself: there the row
/// is written before it does, as an intention, and means nothing until the engine has the event that it names.
public final class Idempotency {
    private final JdbcClient db;
    private final JsonMapper json;
    private final ObjectProvider<Engine> engine;

    Idempotency(JdbcClient db, JsonMapper json, ObjectProvider<Engine> engine) {
        this.db = db;
        this.json = json;
        this.engine = engine;
    }

    /// A key taken: until the end of the transaction, or until somebody else's intention is written before this one's.
    ///
    /// @param answer    what was answered before; null when the command must run
    /// @param intention what another run has left that may yet take effect; null for nothing
    record Claim(
            UUID caller,
            Sender.Once once,
            @Nullable Receipt answer,
            @Nullable Row intention) {}

    /// @param stream the aggregate whose event tells whether it took effect; null for one that has
    record Row(String answer, @Nullable String stream) {}

    /// The answer already given to this caller and key.
    ///
    /// @throws IdempotencyConflict when it was given to another body
    public Optional<Receipt> answer(UUID caller, Sender.Once once) {
        return row(caller, once).flatMap(row -> given(caller, once, row));
    }

    private Optional<Row> row(UUID caller, Sender.Once once) {
        return db.sql("select body_hash, answer::text, stream from idempotency where caller = ? and key = ?")
                .params(caller, once.key())
                .query((row, _) -> {
                    if (!row.getString(1).equals(once.bodyHash())) {
                        throw new IdempotencyConflict(IDEMPOTENCY_KEY_REUSED);
                    }
                    return new Row(row.getString(2), row.getString(3));
                })
                .optional();
    }

    private Optional<Receipt> given(UUID caller, Sender.Once once, Row row) {
        var receipt = json.readValue(row.answer(), Receipt.class);
        if (row.stream() == null) {
            return Optional.of(receipt);
        }
        var effect = Map.of(ActorMetadata.USER, caller.toString(), Sender.IDEMPOTENCY_KEY, once.key());
        return engine.getObject().has(row.stream(), receipt.version(), effect)
                ? Optional.of(receipt.at(engine.getObject().horizon()))
                : Optional.empty();
    }

    @Nullable
    Claim claim(Map<String, ?> metadata) {
        if (!(metadata.get(Sender.IDEMPOTENCY_KEY) instanceof String key)
                || !(metadata.get(Sender.BODY_HASH) instanceof String hash)) {
            return null;
        }
        var caller = UUID.fromString(String.valueOf(metadata.get(ActorMetadata.USER)));
        var once = new Sender.Once(key, hash);
        if (engine.getIfAvailable() == null) {
            lock(caller, key);
        }
        var row = row(caller, once);
        var answer = row.flatMap(found -> given(caller, once, found));
        return new Claim(caller, once, answer.orElse(null), row.orElse(null));
    }

    private void lock(UUID caller, String key) {
        var free = db.sql("select pg_try_advisory_xact_lock(hashtextextended(?, 0))")
                .param(caller + " " + key)
                .query(Boolean.class)
                .single();
        if (!free) {
            throw new IdempotencyConflict(IDEMPOTENCY_KEY_IN_USE);
        }
    }

    /// Writes the answer in the transaction of the events.
    void answered(Claim claim, Receipt receipt) {
        db.sql("insert into idempotency (caller, key, body_hash, answer) values (?, ?, ?, ?::jsonb)")
                .params(claim.caller(), claim.once().key(), claim.once().bodyHash(), json.writeValueAsString(receipt))
                .update();
    }

    /// Throws when another run's intention has come true since it was claimed: whoever tries again is answered by it.
    /// To be asked when the aggregate has been read; from then on only one of the two can append.
    void requireOpen(Claim claim) {
        if (claim.intention() != null
                && given(claim.caller(), claim.once(), claim.intention()).isPresent()) {
            throw new ConcurrencyException("the first of this key has just taken effect");
        }
    }

    /// Writes what will be answered once the engine has the event.
    ///
    /// @param stream the aggregate that gets it; null when there is none to come
    /// @throws IdempotencyConflict when somebody else has written the like since it was claimed
    void intend(Claim claim, @Nullable String stream, Receipt receipt) {
        var answer = json.writeValueAsString(receipt);
        var key = claim.once().key();
        var before = claim.intention();
        var written = before == null
                ? db.sql("""
                    insert into idempotency (caller, key, body_hash, answer, stream) values (?, ?, ?, ?::jsonb, ?)
                    on conflict do nothing
                    """)
                        .params(claim.caller(), key, claim.once().bodyHash(), answer)
                        .param(stream)
                        .update()
                : db.sql("""
                    update idempotency set answer = ?::jsonb, stream = ?
                    where caller = ? and key = ? and answer = ?::jsonb and stream = ?
                    """)
                        .param(answer)
                        .param(stream)
                        .params(claim.caller(), key, before.answer())
                        .param(before.stream())
                        .update();
        if (written == 0) {
            throw new IdempotencyConflict(IDEMPOTENCY_KEY_IN_USE);
        }
    }

    /// The engine has the event: the answer stands, and says where it is.
    void landed(Claim claim, Receipt receipt) {
        db.sql("update idempotency set answer = ?::jsonb, stream = null where caller = ? and key = ?")
                .params(
                        json.writeValueAsString(receipt),
                        claim.caller(),
                        claim.once().key())
                .update();
    }
}
