package mutirao.messaging.internal.redis;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import mutirao.messaging.internal.Wire;

/// How a message is written as an entry of a stream: `ce_<attribute>` for the attributes, `key`, the headers by
/// their names (`h_<name>` where that would be one of these), and `data`.
final class Entries {
    private static final String ATTRIBUTE = "ce_";
    private static final String HEADER = "h_";
    private static final String KEY = "key";
    private static final String DATA = "data";
    private static final byte[] NOTHING = {};

    private Entries() {}

    static Map<String, byte[]> write(Wire message) {
        var fields = new LinkedHashMap<String, byte[]>();
        message.attributes().forEach((name, value) -> fields.put(ATTRIBUTE + name, value.getBytes(UTF_8)));
        message.headers().forEach((name, value) -> fields.put(escaped(name), value.getBytes(UTF_8)));
        if (message.key() != null) {
            fields.put(KEY, message.key().getBytes(UTF_8));
        }
        fields.put(DATA, message.body());
        return fields;
    }

    /// Reads what [#write] wrote, and what others add: without `data` the body is in `message` or `payload`, and
    /// empty where there is none of them.
    static Wire read(String topic, Map<String, byte[]> fields) {
        var attributes = new HashMap<String, String>();
        var headers = new HashMap<String, String>();
        var data = dataField(fields);
        fields.forEach((name, value) -> {
            if (name.startsWith(ATTRIBUTE)) {
                attributes.put(name.substring(ATTRIBUTE.length()), new String(value, UTF_8));
            } else if (!name.equals(data) && !name.equals(KEY)) {
                headers.put(plain(name), new String(value, UTF_8));
            }
        });
        var key = fields.get(KEY);
        return new Wire(
                topic,
                key == null ? null : new String(key, UTF_8),
                attributes,
                headers,
                fields.getOrDefault(data, NOTHING));
    }

    private static String dataField(Map<String, byte[]> fields) {
        if (!fields.containsKey(DATA)) {
            for (var other : new String[] {"message", "payload"}) {
                if (fields.containsKey(other)) {
                    return other;
                }
            }
        }
        return DATA;
    }

    private static String escaped(String header) {
        var taken = header.equals(KEY) || header.equals(DATA);
        return taken || header.startsWith(ATTRIBUTE) || header.startsWith(HEADER) ? HEADER + header : header;
    }

    private static String plain(String field) {
        return (field.startsWith(HEADER) ? field.substring(HEADER.length()) : field).toLowerCase(Locale.ROOT);
    }
}
