package mutirao.platform.stream;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import mutirao.platform.eventstore.EventLog;
import mutirao.platform.stream.Subscriber.Delivery;
import org.springframework.transaction.support.TransactionTemplate;

/// Tries the dead letters of one subscriber again, or gives them up, sequence by sequence.
final class Redelivery {
    private final Subscriber subscriber;
    private final EventLog log;
    private final DeadLetters letters;
    private final PositionRow row;
    private final TransactionTemplate transaction;
    private final TransactionTemplate attempt;

    /// @param row     whose lock keeps its batches from parking more meanwhile
    /// @param attempt which can be rolled back alone, within the other
    Redelivery(
            Subscriber subscriber,
            EventLog log,
            DeadLetters letters,
            PositionRow row,
            TransactionTemplate transaction,
            TransactionTemplate attempt) {
        this.subscriber = subscriber;
        this.log = log;
        this.letters = letters;
        this.row = row;
        this.transaction = transaction;
        this.attempt = attempt;
    }

    /// Tries the letters of a sequence again, oldest first, until one fails again or none is left.
    ///
    /// @param redo sends a parked command; throws when it fails again
    /// @return how many were handled
    int retry(String sequence, Consumer<Map<String, String>> redo) {
        var handled = 0;
        for (var head = head(sequence); head.isPresent(); head = head(sequence)) {
            var letter = head.get();
            if (!(letter.kind() == DeadLetter.Kind.COMMAND ? redo(letter, redo) : redeliver(letter))) {
                break;
            }
            handled++;
        }
        return handled;
    }

    private Optional<DeadLetter> head(String sequence) {
        return letters.sequence(subscriber.name(), sequence).stream().findFirst();
    }

    private boolean redo(DeadLetter letter, Consumer<Map<String, String>> redo) {
        try {
            redo.accept(letters.command(letter.id()));
            // Under the lock: an event that is being parked behind it is parked before it goes, and is seen next.
            transaction.executeWithoutResult(_ -> {
                row.lock();
                letters.delete(letter.id());
            });
            return true;
        } catch (RuntimeException e) { // whatever the command met, it stays a letter
            letters.failedAgain(letter, e);
            return false;
        }
    }

    private boolean redeliver(DeadLetter letter) {
        return requireNonNull(transaction.execute(_ -> {
            row.lock();
            if (letters.find(letter.id()).isEmpty()) {
                return true; // somebody else has just done it
            }
            var position = requireNonNull(letter.position()).index();
            try {
                attempt.executeWithoutResult(_ -> {
                    var event = log.read(position - 1, position, Set.of(), 1).getFirst();
                    subscriber.handle(List.of(new Delivery(event, letter.sequence())));
                });
                letters.delete(letter.id());
                return true;
            } catch (RuntimeException e) { // whatever the subscriber met, it stays a letter
                letters.failedAgain(letter, e);
                return false;
            }
        }));
    }

    /// Gives a letter up. What waits behind it is tried if it was the first of its sequence.
    void discard(UUID id, Consumer<Map<String, String>> redo) {
        letters.find(id).ifPresent(letter -> {
            var first = head(letter.sequence()).filter(letter::equals).isPresent();
            letters.delete(id);
            if (first) {
                retry(letter.sequence(), redo);
            }
        });
    }
}
