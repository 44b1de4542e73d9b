package mutirao.messaging.internal.rabbit;

import com.rabbitmq.client.AMQP.BasicProperties;
import com.rabbitmq.client.AlreadyClosedException;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.DefaultConsumer;
import com.rabbitmq.client.Envelope;
import com.rabbitmq.client.ShutdownSignalException;
import java.io.IOException;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import mutirao.messaging.internal.Transport.Delivery;
import mutirao.messaging.internal.Transport.Receiver;
import mutirao.messaging.internal.Wire;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A partition that this process has: the consumer of its queue, on a channel of its own. To close that channel
/// gives back in one step, and in order, both what is unfinished and the right to consume; to cancel the consumer,
/// or to return messages one by one, would let another process begin before that.
final class Taken extends DefaultConsumer {
    private static final Logger LOG = LoggerFactory.getLogger(Taken.class);

    private final String topic;
    private final String queue;
    private final Receiver receiver;
    private final String session = UUID.randomUUID().toString();
    private final AtomicInteger unfinished = new AtomicInteger();
    private final CountDownLatch alone = new CountDownLatch(1);
    private final Object gate = new Object();
    private boolean shut;
    private final Object revoking = new Object();
    private boolean revoked;
    private volatile boolean lost;

    private Taken(Channel channel, String topic, String queue, Receiver receiver) {
        super(channel);
        this.topic = topic;
        this.queue = queue;
        this.receiver = receiver;
    }

    /// @return empty when somebody else consumes from the queue. Then the broker would deliver nothing here until
    ///         that one ends, and nobody would know
    static Optional<Taken> take(Connection connection, String topic, String queue, int window, Receiver receiver)
            throws IOException {
        var channel = connection.openChannel().orElseThrow(() -> new IOException("no channel left"));
        var taken = new Taken(channel, topic, queue, receiver);
        try {
            channel.basicQos(window);
            channel.basicConsume(queue, false, taken);
            if (channel.queueDeclarePassive(queue).getConsumerCount() == 1) {
                taken.alone.countDown();
                return Optional.of(taken);
            }
            taken.release();
            return Optional.empty();
        } catch (IOException | RuntimeException e) {
            taken.release();
            throw e;
        }
    }

    @Override
    public void handleDelivery(String consumerTag, Envelope envelope, BasicProperties properties, byte[] body) {
        try {
            alone.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return;
        }
        unfinished.incrementAndGet();
        var message = WireFormat.read(topic, properties, body);
        var tag = envelope.getDeliveryTag();
        var id = properties.getMessageId();
        synchronized (gate) {
            if (!shut) {
                receiver.receive(new One(message, id == null ? session + "-" + tag : id, tag));
            }
        }
    }

    private final class One implements Delivery {
        private final Wire message;
        private final String place;
        private final long tag;

        One(Wire message, String place, long tag) {
            this.message = message;
            this.place = place;
            this.tag = tag;
        }

        @Override
        public Wire message() {
            return message;
        }

        @Override
        public String place() {
            return place;
        }

        @Override
        public Object partition() {
            return queue;
        }

        @Override
        public void done() {
            unfinished.decrementAndGet();
            try {
                getChannel().basicAck(tag, false);
            } catch (IOException | AlreadyClosedException e) {
                LOG.debug("{}: done too late, it is delivered again: {}", queue, Link.reason(e));
            }
        }
    }

    /// So many are delivered and not done.
    int unfinished() {
        return unfinished.get();
    }

    /// Whether the broker delivers nothing any more.
    boolean lost() {
        return lost || !getChannel().isOpen();
    }

    /// From now on the receiver gets nothing more, and the broker goes on until the window is full.
    void shut() {
        synchronized (gate) {
            shut = true;
        }
    }

    /// Tells the receiver, and waits for what runs; also when another thread is telling it.
    void revoke() {
        shut();
        synchronized (revoking) {
            if (!revoked) {
                receiver.revoke(queue);
                revoked = true;
            }
        }
    }

    /// Gives it back with what is unfinished. What is done is acknowledged before, on the same channel.
    void release() {
        shut();
        alone.countDown();
        try {
            getChannel().close();
        } catch (IOException | TimeoutException | AlreadyClosedException e) {
            LOG.debug("{}: closed already: {}", queue, Link.reason(e));
        }
    }

    /// The queue was deleted.
    @Override
    public void handleCancel(String consumerTag) {
        lose();
    }

    @Override
    public void handleShutdownSignal(String consumerTag, ShutdownSignalException signal) {
        if (!signal.isInitiatedByApplication()) {
            lose();
        }
    }

    /// At once, and not when the partition is missed: others may have its messages already.
    private void lose() {
        lost = true;
        alone.countDown();
        Thread.startVirtualThread(this::revoke);
    }
}
