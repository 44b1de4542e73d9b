package mutirao.messaging.internal.asyncapi;

import mutirao.messaging.Broker;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// What all messages have in common: a CloudEvent in binary mode, or the plain JSON of older neighbours.
///
/// @param json   makes nodes
/// @param prefix of the attributes of a CloudEvent among the headers of the broker's protocol
record Traits(JsonMapper json, String prefix) {
    static final String CLOUD_EVENT = "cloudEvent";
    static final String PLAIN = "plainEvent";

    static Traits of(JsonMapper json, Broker.Kind kind) {
        return new Traits(json, kind == Broker.Kind.RABBITMQ ? "cloudEvents_" : "ce_");
    }

    ObjectNode cloudEvent() {
        var headers = json.createObjectNode().put("type", "object");
        var required = headers.putArray("required");
        for (var name : new String[] {"id", "source", "specversion", "type"}) {
            required.add(prefix + name);
        }
        var properties = headers.putObject("properties");
        text(properties, prefix + "specversion", "The version of CloudEvents.").put("const", "1.0");
        text(properties, prefix + "id", "Names the message for good: the same id again is the same message.");
        text(properties, prefix + "source", "Who published it.");
        text(properties, prefix + "type", "What happened: the name of the message.");
        text(properties, prefix + "time", "When it happened.").put("format", "date-time");
        text(properties, prefix + "subject", "Its key: messages of one key are handled in their order.");
        text(properties, prefix + "correlationid", "Shared by all that one cause brought about.");
        text(properties, "traceparent", "The trace it belongs to, as the W3C has it.");
        var trait = trait("A CloudEvent 1.0 in binary mode. Its structured mode is read as well, and the plain JSON of"
                + " older neighbours: {name, data, timestamp, source} and {event_name, payload, event_id}.");
        trait.set("headers", headers);
        return correlated(trait, "$message.header#/" + prefix + "correlationid");
    }

    /// @see mutirao.messaging.internal.Settings.Format#PLAIN
    ObjectNode plain() {
        return correlated(trait("JSON that says of itself what it is."), "$message.payload#/correlation_id");
    }

    private ObjectNode trait(String description) {
        return json.createObjectNode().put("contentType", "application/json").put("description", description);
    }

    private static ObjectNode correlated(ObjectNode trait, String location) {
        trait.putObject("correlationId").put("location", location);
        return trait;
    }

    /// A plain message's payload around its data.
    ObjectNode envelope(String name, JsonNode data) {
        var envelope = json.createObjectNode().put("type", "object");
        var required = envelope.putArray("required");
        for (var field : new String[] {"data", "event_id", "name", "source", "timestamp"}) {
            required.add(field);
        }
        var properties = envelope.putObject("properties");
        text(properties, "name", "What happened.").put("const", name);
        properties.set("data", data);
        text(properties, "timestamp", "When it happened.").put("format", "date-time");
        text(properties, "source", "Who published it.");
        text(properties, "event_id", "Names the message for good.");
        text(properties, "correlation_id", "Shared by all that one cause brought about.");
        return envelope;
    }

    private static ObjectNode text(ObjectNode properties, String name, String description) {
        return properties.putObject(name).put("type", "string").put("description", description);
    }
}
