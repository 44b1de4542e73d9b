package mutirao.benchmark.messaging;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Map;
import java.util.UUID;
import java.util.function.UnaryOperator;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// What a plain client puts into a message, and what it makes of one that it got.
enum Content {
    /// Bytes that are there already, and are not looked at.
    BYTES {
        private static final byte[] ANY = "x".repeat(200).getBytes(StandardCharsets.US_ASCII);

        @Override
        Map<String, String> attributes(int i) {
            return Map.of();
        }

        @Override
        byte[] body(int i) {
            return ANY;
        }

        @Override
        void read(UnaryOperator<String> attribute, byte[] body) {
            // not looked at
        }
    },

    /// The event that the library sends, written and read as whoever sends it without the library has to.
    EVENT {
        private static final JsonMapper JSON = JsonMapper.builder().build();

        @Override
        Map<String, String> attributes(int i) {
            return Map.of(
                    "specversion",
                    "1.0",
                    "id",
                    UUID.randomUUID().toString(),
                    "source",
                    "benchmark",
                    "type",
                    "item.seen",
                    "time",
                    Instant.now().toString(),
                    "subject",
                    Way.key(i));
        }

        @Override
        byte[] body(int i) {
            return JSON.writeValueAsBytes(Item.of(i));
        }

        @Override
        void read(UnaryOperator<String> attribute, byte[] body) {
            var event = new Event(
                    attribute.apply("id"),
                    attribute.apply("source"),
                    attribute.apply("type"),
                    OffsetDateTime.parse(attribute.apply("time")).toInstant(),
                    attribute.apply("subject"),
                    JSON.readTree(body));
            if (!event.type().equals("item.seen")) {
                throw new IllegalStateException(event.toString());
            }
        }
    };

    private record Event(String id, String source, String type, Instant time, String subject, JsonNode data) {}

    /// The CloudEvent's attributes.
    abstract Map<String, String> attributes(int i);

    abstract byte[] body(int i);

    /// @param attribute by its name
    abstract void read(UnaryOperator<String> attribute, byte[] body);
}
