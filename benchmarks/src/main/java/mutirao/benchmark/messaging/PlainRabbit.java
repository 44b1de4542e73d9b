package mutirao.benchmark.messaging;

import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.ConnectionFactory;
import com.rabbitmq.client.MessageProperties;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Semaphore;

/// RabbitMQ's own client, with the same promises: persistent and confirmed; each message acknowledged by itself.
/// One queue, which everything published since the last consuming is in.
final class PlainRabbit implements Way {
    private final Connection connection;
    private final Channel channel;
    private final String queue;
    private final Content content;

    PlainRabbit(String url, String queue, Content content) throws Exception {
        var factory = new ConnectionFactory();
        factory.setUri(url);
        this.queue = queue;
        this.content = content;
        this.connection = factory.newConnection();
        this.channel = connection.createChannel();
        channel.queueDeclare(queue, true, false, false, null);
        channel.confirmSelect();
    }

    @Override
    public void publish(int count) throws Exception {
        var room = new Semaphore(IN_FLIGHT);
        var last = new long[] {channel.getNextPublishSeqNo() - 1};
        channel.clearConfirmListeners();
        channel.addConfirmListener(
                (sequence, upTo) -> {
                    var some = upTo ? (int) (sequence - last[0]) : 1;
                    last[0] = Math.max(last[0], upTo ? sequence : last[0] + 1);
                    room.release(some);
                },
                (_, _) -> {
                    throw new IllegalStateException("refused");
                });
        for (int i = 0; i < count; i++) {
            room.acquire();
            var properties = MessageProperties.PERSISTENT_BASIC.builder().headers(headers(content.attributes(i)));
            channel.basicPublish("", queue, true, properties.build(), content.body(i));
        }
        room.acquire(IN_FLIGHT);
    }

    @Override
    public double consume(int count) throws Exception {
        var span = new Span(count);
        try (var own = connection.createChannel()) {
            own.basicQos(100);
            own.basicConsume(
                    queue,
                    (_, delivery) -> {
                        var headers = delivery.getProperties().getHeaders();
                        content.read(name -> String.valueOf(headers.get("cloudEvents_" + name)), delivery.getBody());
                        own.basicAck(delivery.getEnvelope().getDeliveryTag(), false);
                        span.one();
                    },
                    _ -> {});
            return span.rate();
        }
    }

    private static Map<String, Object> headers(Map<String, String> attributes) {
        var headers = new HashMap<String, Object>();
        attributes.forEach((name, value) -> headers.put("cloudEvents_" + name, value));
        return headers;
    }

    @Override
    public void close() {
        connection.abort(); // the broker has been away meanwhile, and the connection with it
    }
}
