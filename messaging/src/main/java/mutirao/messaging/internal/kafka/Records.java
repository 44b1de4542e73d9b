package mutirao.messaging.internal.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.HashMap;
import java.util.Locale;
import mutirao.messaging.internal.Wire;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;

/// Messages as Kafka carries them: the binary mode of the CloudEvents binding, attributes as headers under `ce_`,
/// all text in UTF-8.
final class Records {
    private static final String ATTRIBUTE = "ce_";
    private static final byte[] EMPTY = {};

    private Records() {}

    /// What is written.
    static ProducerRecord<byte[], byte[]> of(Wire message) {
        var key = message.key();
        var written = key == null
                ? new ProducerRecord<byte[], byte[]>(message.topic(), message.body())
                : new ProducerRecord<>(message.topic(), key.getBytes(UTF_8), message.body());
        message.attributes().forEach((name, value) -> written.headers().add(ATTRIBUTE + name, value.getBytes(UTF_8)));
        message.headers().forEach((name, value) -> written.headers().add(name, value.getBytes(UTF_8)));
        return written;
    }

    /// What was read. Of a header that is there twice the last one counts; a record without a value has an empty
    /// body.
    static Wire wire(ConsumerRecord<byte[], byte[]> read) {
        var attributes = new HashMap<String, String>();
        var headers = new HashMap<String, String>();
        for (var header : read.headers()) {
            if (header.value() == null) {
                continue;
            }
            var value = new String(header.value(), UTF_8);
            if (header.key().startsWith(ATTRIBUTE)) {
                attributes.put(header.key().substring(ATTRIBUTE.length()), value);
            } else {
                headers.put(header.key().toLowerCase(Locale.ROOT), value);
            }
        }
        var key = read.key();
        var body = read.value();
        return new Wire(
                read.topic(),
                key == null ? null : new String(key, UTF_8),
                attributes,
                headers,
                body == null ? EMPTY : body);
    }
}
