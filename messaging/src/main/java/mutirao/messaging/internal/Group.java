package mutirao.messaging.internal;

import static mutirao.messaging.internal.Meters.Outcome.DEAD;
import static mutirao.messaging.internal.Meters.Outcome.DUPLICATE;
import static mutirao.messaging.internal.Meters.Outcome.HANDLED;
import static mutirao.messaging.internal.Meters.Outcome.IGNORED;
import static mutirao.messaging.internal.Meters.Outcome.RETRIED;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import mutirao.messaging.Message;
import mutirao.messaging.ProcessedMessages;
import mutirao.messaging.internal.Lanes.Attempts;
import mutirao.messaging.internal.Lanes.Verdict;
import mutirao.messaging.internal.Transport.Delivery;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;

/// What one group does with a message: finds the handler, calls it once, and on failure tries again or buries it.
final class Group implements Lanes.Work {
    private static final Logger LOG = LoggerFactory.getLogger("mutirao.messaging");
    private static final Duration BURY_AGAIN = Duration.ofSeconds(1);

    private final String name;
    private final List<Handler> handlers;
    private final Codec codec;
    private final Payloads payloads;
    private final ProcessedMessages processed;
    private final Undertaker undertaker;
    private final Meters meters;
    private final Clock clock;

    Group(
            String name,
            List<Handler> handlers,
            Codec codec,
            Payloads payloads,
            ProcessedMessages processed,
            Undertaker undertaker,
            Meters meters,
            Clock clock) {
        this.name = name;
        this.handlers = List.copyOf(handlers);
        this.codec = codec;
        this.payloads = payloads;
        this.processed = processed;
        this.undertaker = undertaker;
        this.meters = meters;
        this.clock = clock;
    }

    @Override
    public Attempts begin(Delivery delivery) {
        return new OneMessage(delivery);
    }

    private final class OneMessage implements Attempts {
        private final Delivery delivery;
        private int failures;
        private @Nullable Instant firstAt;
        /// What is to be buried; null as long as it is alive.
        private Undertaker.@Nullable Death death;

        OneMessage(Delivery delivery) {
            this.delivery = delivery;
        }

        @Override
        public Verdict next() {
            return death == null ? attempt() : bury(death);
        }

        private Verdict attempt() {
            Message<JsonNode> message;
            try {
                message = Undertaker.risen(name, codec.read(delivery.message(), delivery.place()));
            } catch (Codec.Unreadable e) {
                return dies(
                        undertaker.unreadable(name, delivery, e, clock.instant()),
                        delivery.message().topic());
            }
            var best = Handlers.best(handlers, message.topic(), message.name());
            if (best.isEmpty()) {
                meters.consumed(name, "other", IGNORED);
                return new Verdict.Done();
            }
            return attempt(message, best.get());
        }

        private Verdict attempt(Message<JsonNode> message, Handlers.Match match) {
            var handler = match.handler();
            try {
                var data = payloads.read(handler, message);
                var ran = meters.observed(
                        name,
                        match.pattern(),
                        delivery.message(),
                        () -> DirectProducer.causedBy(message, () -> handler.handle(message, data, processed)));
                meters.consumed(name, match.pattern(), ran ? HANDLED : DUPLICATE);
                return new Verdict.Done();
            } catch (Payloads.Invalid e) {
                return failed(message, match, e, true);
            } catch (Throwable e) { // an Error of one handler must not end the lane of the others
                return failed(message, match, e, handler.retry().permanent(e));
            }
        }

        private Verdict failed(Message<JsonNode> message, Handlers.Match match, Throwable cause, boolean permanent) {
            failures++;
            var now = clock.instant();
            if (firstAt == null) {
                firstAt = now;
            }
            var retry = match.handler().retry();
            if (permanent || failures > retry.times()) {
                return dies(undertaker.death(name, message, cause, failures, firstAt, now), match.pattern());
            }
            var pause = retry.pauseAfter(failures);
            meters.consumed(name, match.pattern(), RETRIED);
            LOG.warn(
                    "messaging: {} could not handle {} {} (key {}, attempt {} of {}), again in {} ms: {}",
                    name,
                    message.name(),
                    message.id(),
                    message.key(),
                    failures,
                    retry.times() == Integer.MAX_VALUE ? "any number" : retry.times() + 1,
                    pause.toMillis(),
                    cause.toString());
            return new Verdict.Again(pause, retry.ordered());
        }

        private Verdict dies(Undertaker.Death died, String event) {
            death = died;
            meters.consumed(name, event, DEAD);
            LOG.error(
                    "messaging: {} gives {} {} up after {} attempts: {}",
                    name,
                    died.message().name(),
                    died.message().id(),
                    died.attempts(),
                    died.cause());
            return bury(died);
        }

        /// It is done with only when the dead-letter topic has it.
        private Verdict bury(Undertaker.Death died) {
            try {
                undertaker.bury(died);
                return new Verdict.Done();
            } catch (RuntimeException e) {
                LOG.warn(
                        "messaging: {} {} is not in the dead letters yet: {}",
                        name,
                        died.message().id(),
                        e.toString());
                return new Verdict.Again(BURY_AGAIN, true);
            }
        }
    }
}
