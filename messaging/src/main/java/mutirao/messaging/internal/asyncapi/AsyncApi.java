package mutirao.messaging.internal.asyncapi;

import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;
import mutirao.messaging.Broker;
import mutirao.messaging.internal.Handler;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// Writes the document. The same application gives the same text.
///
/// @param title   the application's name
/// @param version the application's
/// @param broker  where it publishes
/// @param plain   whether it publishes plain JSON, see [mutirao.messaging.internal.Settings.Format]
record AsyncApi(String title, String version, Broker broker, boolean plain) {
    private static final Comparator<Handler> ORDER =
            Comparator.comparing(Handler::group).thenComparing(AsyncApi::firstName);

    /// The document as JSON.
    ///
    /// @param sends    what is published
    /// @param handlers who handles what
    String document(List<Send> sends, List<Handler> handlers) {
        var json = JsonMapper.builder().build();
        var schemas = new Schemas(json);
        var traits = Traits.of(json, broker.kind());
        var channels = new Channels(json, schemas, traits);
        var operations = new Operations(json, channels);
        sends.stream().sorted(Send.ORDER).forEach(send -> operations.send(send, plain));
        handlers.stream().sorted(ORDER).forEach(operations::receive);

        var document = json.createObjectNode().put("asyncapi", "3.0.0");
        document.putObject("info").put("title", title).put("version", version);
        document.put("defaultContentType", "application/json");
        servers(document);
        document.set("channels", channels.document());
        document.set("operations", operations.document());
        var components = document.putObject("components");
        var definitions = schemas.definitions();
        if (!definitions.isEmpty()) {
            components.set("schemas", definitions);
        }
        var common = components.putObject("messageTraits");
        common.set(Traits.CLOUD_EVENT, traits.cloudEvent());
        if (plain) {
            common.set(Traits.PLAIN, traits.plain());
        }
        return json.writerWithDefaultPrettyPrinter().writeValueAsString(document);
    }

    private void servers(ObjectNode document) {
        var servers = Servers.of(broker);
        if (servers.isEmpty()) {
            return; // in memory: nobody else gets there
        }
        var node = document.putObject("servers");
        servers.forEach((name, server) -> {
            var described = node.putObject(name).put("host", server.host()).put("protocol", server.protocol());
            if (!server.pathname().isEmpty()) {
                described.put("pathname", server.pathname());
            }
        });
    }

    private static String firstName(Handler handler) {
        return handler.names().stream().sorted().findFirst().orElse("*");
    }

    /// Who does what with which message.
    private static final class Operations {
        private final JsonMapper json;
        private final Channels channels;
        private final Ids ids = new Ids();
        private final TreeMap<String, ObjectNode> operations = new TreeMap<>();

        Operations(JsonMapper json, Channels channels) {
            this.json = json;
            this.channels = channels;
        }

        void send(Send send, boolean plain) {
            var operation = operation("send-" + send.topic() + "-" + send.name(), "send", send.topic());
            operation.putArray("messages").add(channels.message(send.topic(), send.name(), send.data(), plain));
            if (!send.key().isEmpty()) {
                operation.put("x-key", send.key());
            }
        }

        void receive(Handler handler) {
            for (var topic : handler.topics().stream().sorted().toList()) {
                var wanted = "receive-" + handler.group() + "-" + topic + "-" + firstName(handler);
                var operation = operation(wanted, "receive", topic);
                var messages = operation.putArray("messages");
                handler.names().stream()
                        .distinct()
                        .sorted()
                        .forEach(name -> messages.add(channels.message(topic, name, handler.data(), false)));
                operation.put("x-group", handler.group());
                retry(operation.putObject("x-retry"), handler);
                operation.put("x-dead-letter-topic", handler.deadTopic());
                operation.put("x-retry-topic", handler.retryTopic());
            }
        }

        private static void retry(ObjectNode node, Handler handler) {
            var retry = handler.retry();
            node.put("times", retry.times());
            var pauses = node.putArray("pauses");
            retry.pauses().stream().map(Duration::toString).forEach(pauses::add);
            node.put("ordered", retry.ordered());
        }

        private ObjectNode operation(String wanted, String action, String topic) {
            var operation = json.createObjectNode().put("action", action);
            operation.set("channel", channels.topic(topic));
            operations.put(ids.of(operation, wanted), operation);
            return operation;
        }

        ObjectNode document() {
            var document = json.createObjectNode();
            operations.forEach(document::set);
            return document;
        }
    }
}
