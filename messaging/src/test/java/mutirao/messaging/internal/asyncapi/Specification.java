package mutirao.messaging.internal.asyncapi;

import com.networknt.schema.Error;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// The official JSON schema of AsyncAPI 3.0.0, which holds all it refers to.
final class Specification {
    private static final Schema SCHEMA = read();

    private Specification() {}

    private static Schema read() {
        try (var in = Specification.class.getResourceAsStream("/asyncapi/3.0.0.json")) {
            return SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_7)
                    .getSchema(new String(in.readAllBytes(), StandardCharsets.UTF_8), InputFormat.JSON);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// What is wrong with a document.
    static List<Error> errors(JsonNode document) {
        return SCHEMA.validate(document);
    }

    /// What is wrong with some data by a schema that a document holds.
    ///
    /// @param pointer to the schema
    static List<Error> errors(JsonNode document, String pointer, JsonNode data) {
        var schema = JsonMapper.shared().createObjectNode();
        schema.put("$ref", "#" + pointer);
        for (var part : List.of("channels", "components")) {
            schema.set(part, document.path(part));
        }
        return SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_7)
                .getSchema(schema)
                .validate(data);
    }
}
