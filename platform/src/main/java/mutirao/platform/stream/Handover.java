package mutirao.platform.stream;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import mutirao.platform.eventstore.RecordedEvent;
import mutirao.platform.stream.Subscriber.Delivery;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.transaction.support.TransactionTemplate;

/// Hands events to a subscriber in the running transaction. What cannot be handled is parked in the dead letters, and
/// so is what comes later in its sequence.
final class Handover {
    private static final Logger LOG = LoggerFactory.getLogger(Handover.class);

    private final Subscriber subscriber;
    private final DeadLetters letters;
    private final TransactionTemplate attempt;

    /// @param attempt which can be rolled back alone
    Handover(Subscriber subscriber, DeadLetters letters, TransactionTemplate attempt) {
        this.subscriber = subscriber;
        this.letters = letters;
        this.attempt = attempt;
    }

    /// All at once: when one fails, all have.
    ///
    /// @param parked the sequences that wait
    void together(List<RecordedEvent> events, Set<String> parked) {
        var ready = new ArrayList<Delivery>();
        for (var event : events) {
            for (var sequence : subscriber.sequencesOf(event)) {
                if (parked.contains(sequence)) {
                    letters.park(subscriber.name(), sequence, event.meta(), null);
                } else {
                    ready.add(new Delivery(event, sequence));
                }
            }
        }
        if (!ready.isEmpty()) {
            subscriber.handle(ready);
        }
    }

    /// Each alone: what fails is parked, and the others go on.
    ///
    /// @param parked the sequences that wait; those that begin to are added
    void oneByOne(List<RecordedEvent> events, Set<String> parked) {
        for (var event : events) {
            for (var sequence : sequencesOrPark(event, parked)) {
                if (parked.contains(sequence)) {
                    letters.park(subscriber.name(), sequence, event.meta(), null);
                } else {
                    tryAlone(new Delivery(event, sequence), parked);
                }
            }
        }
    }

    /// What cannot even be read has no sequence of its own: it is parked under its aggregate's.
    private List<String> sequencesOrPark(RecordedEvent event, Set<String> parked) {
        try {
            return List.copyOf(subscriber.sequencesOf(event));
        } catch (RuntimeException e) { // decoding, or a subscriber's code: whatever it throws is the event's fault
            var sequence = event.meta().aggregateUuid().toString();
            letters.park(subscriber.name(), sequence, event.meta(), e);
            parked.add(sequence);
            return List.of();
        }
    }

    private void tryAlone(Delivery delivery, Set<String> parked) {
        try {
            attempt.executeWithoutResult(_ -> subscriber.handle(List.of(delivery)));
        } catch (RuntimeException e) {
            if (Faults.transientFault(e)) {
                throw e;
            }
            LOG.warn("{}: {} is parked", subscriber.name(), delivery.event(), e);
            letters.park(
                    subscriber.name(), delivery.sequence(), delivery.event().meta(), e);
            parked.add(delivery.sequence());
        }
    }
}
