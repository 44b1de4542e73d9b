package mutirao.messaging.internal;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.ethlo.time.ITU;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import mutirao.messaging.Message;
import mutirao.messaging.internal.Settings.Format;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Writes messages and reads them: CloudEvents 1.0 in binary and in structured mode, and the two plain shapes of
/// older neighbours, `{name, data, timestamp, source}` and `{event_name, payload, event_id}`. A JSON body of any
/// other shape is data, and its topic its name. Thread-safe.
public final class Codec {
    private static final Set<String> CORE =
            Set.of("specversion", "id", "source", "type", "time", "subject", "datacontenttype", "correlationid");
    private static final Pattern EXTENSION = Pattern.compile("[a-z0-9]{1,20}");
    private static final String JSON = "application/json";
    private static final String STRUCTURED = "application/cloudevents+json";

    private final JsonMapper json;
    private final Format format;
    private final Clock clock;

    /// @param clock gives the time of messages that bring none
    public Codec(Format format, Clock clock) {
        this.json = JsonMapper.builder().build();
        this.format = format;
        this.clock = clock;
    }

    /// Bytes that are no message; no retry makes them one.
    static final class Unreadable extends RuntimeException {
        Unreadable(String why, @Nullable Throwable cause) {
            super(why, cause);
        }
    }

    /// How it reads and writes data.
    JsonMapper json() {
        return json;
    }

    /// A message as it travels.
    ///
    /// @throws IllegalArgumentException when its data cannot be written as JSON
    Wire write(Message<?> message) {
        try {
            return format == Format.PLAIN
                    ? plain(message)
                    : cloudEvent(message, json.writeValueAsBytes(message.data()));
        } catch (JacksonException e) {
            throw new IllegalArgumentException(
                    "%s %s cannot be written as JSON".formatted(message.name(), message.id()), e);
        }
    }

    /// A message whose data is JSON already, as a CloudEvent, whatever the settings say.
    Wire cloudEvent(Message<?> message, byte[] data) {
        var attributes = new HashMap<>(message.extensions());
        attributes.put("specversion", "1.0");
        attributes.put("id", message.id());
        attributes.put("source", message.source());
        attributes.put("type", message.name());
        attributes.put("time", message.time().toString());
        put(attributes, "subject", message.key());
        put(attributes, "correlationid", message.correlationId());
        return new Wire(message.topic(), message.key(), attributes, Map.of("content-type", JSON), data);
    }

    private Wire plain(Message<?> message) {
        var body = json.createObjectNode();
        body.put("name", message.name());
        body.set("data", json.valueToTree(message.data()));
        body.put("timestamp", message.time().toString());
        body.put("source", message.source());
        body.put("event_id", message.id());
        if (message.correlationId() != null) {
            body.put("correlation_id", message.correlationId());
        }
        return new Wire(
                message.topic(), message.key(), Map.of(), Map.of("content-type", JSON), json.writeValueAsBytes(body));
    }

    private static void put(Map<String, String> attributes, String name, @Nullable String value) {
        if (value != null) {
            attributes.put(name, value);
        }
    }

    /// What travelled as a message.
    ///
    /// @param place where it stands at its broker: its id if it brings none
    /// @throws Unreadable when it is none
    Message<JsonNode> read(Wire wire, String place) {
        var attributes = wire.attributes();
        if (attributes.containsKey("id") && attributes.containsKey("type")) {
            return event(wire, attributes, body(wire), place);
        }
        var body = body(wire);
        if (STRUCTURED.equals(mediaType(wire)) || body.has("specversion")) {
            return structured(wire, body, place);
        }
        if (body.path("name").isString() && body.has("data")) {
            return plain(wire, body, "name", "data", place);
        }
        if (body.path("event_name").isString()) {
            return plain(wire, body, "event_name", "payload", place);
        }
        return event(wire, Map.of("type", wire.topic()), body, place);
    }

    /// A CloudEvent in binary mode without looking at its body.
    Message<JsonNode> head(Wire wire, String place) {
        return event(wire, wire.attributes(), json.createObjectNode(), place);
    }

    private JsonNode body(Wire wire) {
        return data(mediaType(wire), wire.body());
    }

    private JsonNode data(String type, byte[] bytes) {
        if (type.startsWith("text/") && !type.endsWith("json")) {
            return json.getNodeFactory().stringNode(new String(bytes, UTF_8));
        }
        try {
            var read = json.readTree(bytes);
            return read.isMissingNode() ? json.createObjectNode() : read;
        } catch (JacksonException e) {
            throw new Unreadable("its body is not JSON: " + e.getOriginalMessage(), e);
        }
    }

    private static String mediaType(Wire wire) {
        return withoutParameters(wire.headers().getOrDefault("content-type", JSON));
    }

    private static String withoutParameters(String type) {
        var end = type.indexOf(';');
        return (end < 0 ? type : type.substring(0, end)).strip();
    }

    private Message<JsonNode> structured(Wire wire, JsonNode body, String place) {
        var attributes = new LinkedHashMap<String, String>();
        body.properties().forEach(field -> {
            if (field.getValue().isValueNode()
                    && !field.getValue().isNull()
                    && !field.getKey().equals("data")) {
                attributes.put(field.getKey(), field.getValue().asString());
            }
        });
        if (!attributes.containsKey("type")) {
            throw new Unreadable("a CloudEvent without a type", null);
        }
        return event(wire, attributes, body.has("data_base64") ? encoded(body) : body.path("data"), place);
    }

    private JsonNode encoded(JsonNode body) {
        var type = body.path("datacontenttype").asString(JSON);
        try {
            return data(withoutParameters(type), body.path("data_base64").binaryValue());
        } catch (JacksonException e) {
            throw new Unreadable("its data_base64 is not in base 64", e);
        }
    }

    private Message<JsonNode> plain(Wire wire, JsonNode body, String name, String data, String place) {
        var attributes = new HashMap<String, String>();
        attributes.put("type", body.path(name).asString());
        for (var field : Map.of(
                        "event_id", "id", "timestamp", "time", "source", "source", "correlation_id", "correlationid")
                .entrySet()) {
            text(body, field.getKey()).ifPresent(value -> attributes.put(field.getValue(), value));
        }
        return event(wire, attributes, body.path(data), place);
    }

    private static Optional<String> text(JsonNode body, String field) {
        return Optional.of(body.path(field))
                .filter(value -> value.isString() || value.isNumber())
                .map(JsonNode::asString);
    }

    private Message<JsonNode> event(Wire wire, Map<String, String> attributes, JsonNode data, String place) {
        var extensions = new HashMap<String, String>();
        attributes.forEach((name, value) -> {
            if (!CORE.contains(name) && EXTENSION.matcher(name).matches()) {
                extensions.put(name, value);
            }
        });
        var given = data.isMissingNode() ? json.createObjectNode() : data;
        return new Message<>(
                wire.topic(),
                attributes.getOrDefault("id", wire.headers().getOrDefault("message-id", place)),
                attributes.getOrDefault("type", wire.topic()),
                wire.key() == null ? attributes.get("subject") : wire.key(),
                given,
                time(attributes.get("time")),
                attributes.getOrDefault("source", "unknown"),
                attributes.get("correlationid"),
                extensions);
    }

    private Instant time(@Nullable String text) {
        try {
            return text == null ? clock.instant() : ITU.parseDateTime(text).toInstant();
        } catch (DateTimeException e) {
            return clock.instant(); // a neighbour's clock face, not worth a dead letter
        }
    }
}
