package mutirao.messaging.internal.asyncapi;

import java.lang.reflect.Type;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// The topics and what travels on them. Who publishes is told before who handles, so that the plain id of a message
/// is the publisher's where a handler reads the same event as another type.
final class Channels {
    private final JsonMapper json;
    private final Schemas schemas;
    private final Traits traits;
    private final Ids ids = new Ids();
    private final Map<String, Channel> channels = new TreeMap<>();

    Channels(JsonMapper json, Schemas schemas, Traits traits) {
        this.json = json;
        this.schemas = schemas;
        this.traits = traits;
    }

    /// @param name of an event, or the pattern of some
    /// @param data null for any
    /// @param plain whether it is written as plain JSON
    private record Kind(String name, @Nullable Type data, boolean plain) {}

    private static final class Channel {
        final String topic;
        final Ids ids = new Ids();
        final Map<Kind, String> kinds = new HashMap<>();
        final Map<String, ObjectNode> messages = new TreeMap<>();

        Channel(String topic) {
            this.topic = topic;
        }
    }

    /// A reference to a topic.
    ObjectNode topic(String topic) {
        return reference("#/channels/" + id(topic));
    }

    /// A reference to a message.
    ///
    /// @param data  null for any
    /// @param plain whether it is written as plain JSON
    ObjectNode message(String topic, String name, @Nullable Type data, boolean plain) {
        var channel = channels.computeIfAbsent(id(topic), _ -> new Channel(topic));
        var told = Schemas.tells(data) ? data : null;
        return reference("#/channels/" + id(topic) + "/messages/" + known(channel, new Kind(name, told, plain)));
    }

    private String id(String topic) {
        return ids.of(topic, topic);
    }

    private String known(Channel channel, Kind kind) {
        var id = channel.kinds.get(kind);
        if (id == null) {
            id = channel.ids.of(kind, kind.name());
            channel.kinds.put(kind, id);
            channel.messages.put(id, describe(kind));
            // Who takes any data takes this.
            channel.kinds.putIfAbsent(new Kind(kind.name(), null, kind.plain()), id);
        }
        return id;
    }

    private ObjectNode describe(Kind kind) {
        var message = json.createObjectNode().put("name", kind.name());
        message.putArray("traits")
                .add(reference("#/components/messageTraits/" + (kind.plain() ? Traits.PLAIN : Traits.CLOUD_EVENT)));
        var schema = schemas.of(kind.data());
        message.set("payload", kind.plain() ? traits.envelope(kind.name(), schema) : schema);
        return message;
    }

    private ObjectNode reference(String to) {
        return json.createObjectNode().put("$ref", to);
    }

    /// All of them, by id.
    ObjectNode document() {
        var document = json.createObjectNode();
        channels.forEach((id, channel) -> {
            var node = document.putObject(id).put("address", channel.topic);
            channel.messages.forEach(node.putObject("messages")::set);
        });
        return document;
    }
}
