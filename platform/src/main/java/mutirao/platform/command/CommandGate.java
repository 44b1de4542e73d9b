package mutirao.platform.command;

import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.LoadingCache;
import java.time.Duration;
import java.util.UUID;
import mutirao.api.DomainCommand;
import mutirao.platform.identity.ActorMetadata;
import mutirao.platform.stream.NotNow;
import org.axonframework.commandhandling.CommandMessage;

/// What a command passes before it takes a connection: one at a time for each aggregate, whose lock it would otherwise
/// wait for with the connection in its hand; and of all together fewer than there are connections, so that reads,
/// health and tokens always find one. Thread-safe.
final class CommandGate {
    /// How long a command waits, at both together.
    private static final Duration PATIENCE = Duration.ofSeconds(8);

    /// Kept by the commands that use them. Tidied by whoever comes: waking another thread for it cost a fifth of a
    /// command.
    private final LoadingCache<String, Turnstile> aggregates =
            Caffeine.newBuilder().weakValues().executor(Runnable::run).build(_ -> new Turnstile(1));

    private final Turnstile connections;

    /// @param atATime commands of this process that may have a connection
    CommandGate(int atATime) {
        this.connections = new Turnstile(atATime);
    }

    /// Has a command handled in its turn.
    ///
    /// @throws NotNow when that does not come, and nothing was done
    void pass(CommandMessage<?> message, Runnable handling) {
        if (!(message.getPayload() instanceof DomainCommand command)) {
            handling.run();
            return;
        }
        var caller = ActorMetadata.actor(message.getMetaData()).userId();
        var stored = command.id().stored();
        var until = System.nanoTime() + PATIENCE.toNanos();
        inTurn(
                aggregates.get(stored),
                caller,
                until,
                stored,
                () -> inTurn(connections, caller, until, "a connection", handling));
    }

    private static void inTurn(Turnstile turnstile, UUID caller, long until, String what, Runnable then) {
        if (!turnstile.enter(caller, Duration.ofNanos(until - System.nanoTime()))) {
            throw new NotNow("too many commands wait for " + what);
        }
        try {
            then.run();
        } finally {
            turnstile.leave();
        }
    }
}
