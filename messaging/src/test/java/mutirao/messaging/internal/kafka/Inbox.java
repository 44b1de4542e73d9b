package mutirao.messaging.internal.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Predicate;
import mutirao.messaging.internal.Transport.Delivery;
import mutirao.messaging.internal.Transport.Receiver;

/// Keeps what it gets, and finishes at once what it is told to.
class Inbox implements Receiver {
    final Queue<Delivery> all = new ConcurrentLinkedQueue<>();
    final Queue<Object> revoked = new ConcurrentLinkedQueue<>();
    private final Predicate<String> finish;

    /// @param finish by the message's text
    Inbox(Predicate<String> finish) {
        this.finish = finish;
    }

    @Override
    public void receive(Delivery delivery) {
        all.add(delivery);
        if (finish.test(text(delivery))) {
            delivery.done();
        }
    }

    @Override
    public void revoke(Object partition) {
        revoked.add(partition);
    }

    List<String> texts() {
        return all.stream().map(Inbox::text).toList();
    }

    static String text(Delivery delivery) {
        return new String(delivery.message().body(), UTF_8);
    }
}
