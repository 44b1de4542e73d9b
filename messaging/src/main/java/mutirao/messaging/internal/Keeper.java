package mutirao.messaging.internal;

import static mutirao.messaging.internal.Undertaker.deadTopic;

import java.time.Duration;
import mutirao.messaging.ProcessedMessages;
import mutirao.messaging.internal.Lanes.Attempts;
import mutirao.messaging.internal.Lanes.Verdict;
import mutirao.messaging.internal.Transport.Delivery;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Takes what arrives on one group's dead-letter topic into the store. It gives nothing up: as long as the store is
/// away, the broker keeps it.
final class Keeper implements Lanes.Work {
    /// Under which it is noted which letters have been kept.
    private static final String GROUP = "dead-letters";

    private static final Logger LOG = LoggerFactory.getLogger("mutirao.messaging");
    private static final Duration AGAIN = Duration.ofSeconds(2);

    private final String group;
    private final Codec codec;
    private final LetterStore store;
    private final ProcessedMessages processed;

    /// @param group whose dead letters these are
    Keeper(String group, Codec codec, LetterStore store, ProcessedMessages processed) {
        this.group = group;
        this.codec = codec;
        this.store = store;
        this.processed = processed;
    }

    /// The group that all keepers of one group's dead letters are of.
    static String group(String group) {
        return deadTopic(group);
    }

    @Override
    public Attempts begin(Delivery delivery) {
        return () -> {
            var wire = delivery.message();
            try {
                var letter = Undertaker.letter(group, codec.head(wire, delivery.place()), wire.body());
                // Once, so that one that has been tried again meanwhile does not come back.
                processed.once(GROUP, letter.id() + " " + letter.lastAt(), () -> store.keep(letter));
                return new Verdict.Done();
            } catch (Exception e) {
                LOG.warn(
                        "messaging: {} of {} cannot be kept yet: {}", delivery.place(), deadTopic(group), e.toString());
                return new Verdict.Again(AGAIN, true);
            }
        };
    }
}
