package mutirao.messaging.internal;

import java.util.Set;
import java.util.concurrent.CompletableFuture;

/// One broker. Thread-safe.
public interface Transport extends AutoCloseable {
    /// Sends a message. Messages of one topic and key that are sent one after the other, also without waiting,
    /// arrive in that order as long as none fails. Never blocks for long: whoever calls bounds how many are under
    /// way.
    ///
    /// @return completes when the broker has confirmed, exceptionally when it refused it or the transport knows
    ///         that it cannot be confirmed any more. It may stay open while the broker is away; the caller stops
    ///         waiting by itself. Has failed with [NotSent] already when the connection turned out to be lost
    ///         before anything was sent
    CompletableFuture<Void> send(Wire message);

    /// Whether what is sent now goes to the broker, as far as is known: a connection is lost for a moment before
    /// anybody hears of it, and then [#send] tells. Until it is, messages wait before [#send], which would refuse
    /// them. One that lets them wait itself is always ready.
    default boolean isReady() {
        return true;
    }

    /// Begins to take the messages of some topics for a group, making whatever the broker needs for that (topics,
    /// queues, streams, groups). A group that is new to a topic gets what the broker still has of it, from the
    /// oldest on (RabbitMQ: from now on). While the broker is away it keeps trying, with growing pauses, and
    /// returns meanwhile.
    ///
    /// @param window so many unfinished messages at most are held by this process for each partition
    Subscription subscribe(String group, Set<String> topics, int window, Receiver receiver);

    /// How many messages of a topic a group has not finished, also those under way.
    ///
    /// @return -1 when the broker cannot be asked now
    long lag(String group, String topic);

    /// Ends what is under way and the connections. Subscriptions are closed before.
    @Override
    void close();

    /// Messages being taken.
    interface Subscription extends AutoCloseable {
        /// Takes no new message from now on; those delivered can still be finished. Idempotent.
        void stop();

        /// Waits until the finished messages are acknowledged, and gives the unfinished ones back to the group,
        /// which delivers them again, also to others. Idempotent.
        @Override
        void close();
    }

    /// Gets what a subscription takes.
    interface Receiver {
        /// Gets one message. Those of one topic and key come in their order, one after the other; what comes again
        /// (after a crash, a lost connection, another member's end) comes in order too. Returns at once.
        void receive(Delivery delivery);

        /// A partition is no longer this process's: what of it has not begun is dropped, and what runs is waited
        /// for, as long as that may take. Deliveries of it that end later are acknowledged in vain.
        ///
        /// @param partition equal to that of the deliveries
        void revoke(Object partition);
    }

    /// A message and the right to finish it.
    interface Delivery {
        /// The message.
        Wire message();

        /// Where it stands at its broker, as long as it is there: the id of a message that brings none.
        String place();

        /// What it was taken from, for [Receiver#revoke].
        Object partition();

        /// It is done with, handled or in the dead letters: the broker may forget it for this group. Called once,
        /// on any thread, in any order; returns at once.
        void done();
    }
}
