package mutirao.platform.rest;

import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.media.Schema;
import java.time.Clock;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Gives each body that creates something an example that can be sent as it is: what is required, and nothing else.
/// Without one the Swagger UI makes one of every field: with an id that is taken the second time, and a time that
/// has passed when it is sent.
final class RequestExamples {
    private static final String JSON = "application/json";
    private static final Duration AHEAD = Duration.ofDays(7);

    private final Clock clock;
    private final Map<String, Schema<?>> schemas = new LinkedHashMap<>();

    /// @param api whose schemas are known
    RequestExamples(OpenAPI api, Clock clock) {
        this.clock = clock;
        api.getComponents().getSchemas().forEach(schemas::put);
    }

    /// Gives an operation's body its example, where it has none.
    void give(Operation operation) {
        Optional.ofNullable(operation.getRequestBody())
                .map(body -> body.getContent().get(JSON))
                .filter(media -> media.getExample() == null && media.getSchema() != null)
                .ifPresent(media -> media.setExample(example("body", media.getSchema())));
    }

    private @Nullable Object example(String name, Schema<?> given) {
        var schema = resolved(given);
        if (schema.getEnum() != null) {
            return schema.getEnum().getFirst();
        }
        if (schema.getItems() != null) {
            return List.of(example(name, schema.getItems()));
        }
        if (schema.getProperties() != null) {
            return object(schema);
        }
        return switch (type(schema)) {
            case "string" -> text(name, schema.getFormat());
            case "integer", "number" -> 1;
            case "boolean" -> false;
            default -> Map.of();
        };
    }

    private Map<String, @Nullable Object> object(Schema<?> schema) {
        var example = new LinkedHashMap<String, @Nullable Object>();
        schema.getProperties().forEach((name, property) -> {
            if (isRequired(schema, name, property)) {
                example.put(name, example(name, property));
            }
        });
        return example;
    }

    /// A number that may not be 0, which it would be if it were left out, is required whether or not the schema
    /// says so.
    private static boolean isRequired(Schema<?> schema, String name, Schema<?> property) {
        return (schema.getRequired() != null && schema.getRequired().contains(name))
                || (property.getMinimum() != null && property.getMinimum().signum() > 0);
    }

    private Object text(String name, @Nullable String format) {
        return switch (format) {
            case "uuid" -> new UUID(0, 0).toString();
            case "date-time" ->
                clock.instant().plus(AHEAD).truncatedTo(ChronoUnit.DAYS).toString();
            case "email" -> "nome@example.org";
            case null, default -> name;
        };
    }

    private Schema<?> resolved(Schema<?> schema) {
        var ref = schema.get$ref();
        return ref == null ? schema : schemas.getOrDefault(ref.substring(ref.lastIndexOf('/') + 1), schema);
    }

    /// OpenAPI 3.1 says several, one of which may be `null`.
    private static String type(Schema<?> schema) {
        return Optional.ofNullable(schema.getTypes()).stream()
                .flatMap(java.util.Set::stream)
                .filter(type -> !type.equals("null"))
                .findFirst()
                .or(() -> Optional.ofNullable(schema.getType()))
                .orElse("");
    }
}
