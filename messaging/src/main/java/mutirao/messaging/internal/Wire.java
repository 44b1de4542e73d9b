package mutirao.messaging.internal;

import java.util.Collections;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A message as brokers carry it, in the binary mode of CloudEvents. A transport writes and reads the attributes
/// under its protocol's prefix (`ce_` in Kafka and Redis, `cloudEvents_` in AMQP) and the headers as they are.
///
/// @param topic      where it goes, or came from
/// @param key        what order is kept by; null for none
/// @param attributes the CloudEvent's attributes by their plain names (`id`, `type`, …); empty for a message that
/// is not a CloudEvent in binary mode
/// @param headers    what else travels beside the body, by lower-case name: `content-type`, `traceparent`
/// @param body       the bytes
///
/// Maps and bytes are handed over, not copied: whoever makes one does not change them any more.
@SuppressWarnings("ArrayRecordComponent") // nobody compares two of them
public record Wire(
        String topic, @Nullable String key, Map<String, String> attributes, Map<String, String> headers, byte[] body) {
    /// Nobody changes its maps from now on.
    public Wire {
        attributes = Collections.unmodifiableMap(attributes);
        headers = Collections.unmodifiableMap(headers);
    }
}
