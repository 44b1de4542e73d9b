package mutirao.messaging.internal.rabbit;

import com.rabbitmq.client.AMQP.BasicProperties;
import com.rabbitmq.client.LongString;
import java.util.Date;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import mutirao.messaging.internal.Wire;
import org.jspecify.annotations.Nullable;

/// Between [Wire] and the properties of AMQP 0-9-1: attributes as headers `cloudEvents_<name>`, as RabbitMQ carries
/// them over from and to the AMQP 1.0 of the CloudEvents binding.
final class WireFormat {
    /// Which of the unconfirmed a returned message is; means nothing to those who get it.
    static final String SEQUENCE = "mutirao-sequence";

    private static final String KEY = "mutirao-key";
    private static final String PREFIX = "cloudEvents_";
    private static final String OTHER_PREFIX = "cloudEvents:";
    private static final String CONTENT_TYPE = "content-type";
    private static final int PERSISTENT = 2;

    private WireFormat() {}

    static BasicProperties write(Wire message, long sequence) {
        var headers = new HashMap<String, Object>();
        message.attributes().forEach((name, value) -> headers.put(PREFIX + name, value));
        message.headers().forEach((name, value) -> {
            if (!name.equals(CONTENT_TYPE)) {
                headers.put(name, value);
            }
        });
        if (message.key() != null) {
            headers.put(KEY, message.key());
        }
        headers.put(SEQUENCE, sequence);
        return new BasicProperties.Builder()
                .contentType(message.headers().get(CONTENT_TYPE))
                .deliveryMode(PERSISTENT)
                .headers(headers)
                .build();
    }

    /// The sequence number that [#write] was given.
    static Optional<Long> sequence(BasicProperties properties) {
        return Optional.ofNullable(properties.getHeaders())
                .map(headers -> headers.get(SEQUENCE))
                .map(sequence -> ((Number) sequence).longValue());
    }

    static Wire read(String topic, BasicProperties properties, byte[] body) {
        var attributes = new HashMap<String, String>();
        var headers = properties(properties);
        var all = properties.getHeaders() == null ? Map.<String, Object>of() : properties.getHeaders();
        all.forEach((name, value) -> text(value).ifPresent(text -> {
            if (name.startsWith(PREFIX) || name.startsWith(OTHER_PREFIX)) {
                attributes.put(name.substring(PREFIX.length()).toLowerCase(Locale.ROOT), text);
            } else {
                headers.put(name.toLowerCase(Locale.ROOT), text);
            }
        }));
        headers.remove(SEQUENCE);
        var key = headers.remove(KEY);
        return new Wire(topic, key == null ? attributes.get("subject") : key, attributes, headers, body);
    }

    /// What neighbours who know nothing of CloudEvents say of a message.
    private static Map<String, String> properties(BasicProperties properties) {
        var found = new HashMap<String, String>();
        put(found, CONTENT_TYPE, properties.getContentType());
        put(found, "content-encoding", properties.getContentEncoding());
        put(found, "message-id", properties.getMessageId());
        put(found, "correlation-id", properties.getCorrelationId());
        put(found, "type", properties.getType());
        put(found, "app-id", properties.getAppId());
        put(found, "timestamp", text(properties.getTimestamp()).orElse(null));
        return found;
    }

    private static void put(Map<String, String> found, String name, @Nullable String value) {
        if (value != null) {
            found.put(name, value);
        }
    }

    /// Tables, lists and octets are left out.
    private static Optional<String> text(@Nullable Object value) {
        return switch (value) {
            case String text -> Optional.of(text);
            case LongString text -> Optional.of(text.toString());
            case Number number -> Optional.of(number.toString());
            case Boolean flag -> Optional.of(flag.toString());
            case Date time -> Optional.of(time.toInstant().toString());
            case null, default -> Optional.empty();
        };
    }
}
