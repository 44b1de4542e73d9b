package mutirao.importacao.command;

import jakarta.validation.Validator;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import mutirao.platform.rest.Problem;
import mutirao.platform.rest.Problem.FieldError;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.exc.MismatchedInputException;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// Reads lines with the JSON rules and the constraints that a request's body is held to. Thread-safe.
@Component
final class LineBinder {
    /// Bean Validation's way to say that it means the element itself, which a body's errors leave out.
    private static final Pattern ELEMENT = Pattern.compile("\\.<[^>]+>");

    private final JsonMapper json;
    private final Validator validator;

    LineBinder(JsonMapper json, Validator validator) {
        this.json = json;
        this.validator = validator;
    }

    /// An object without fields.
    ObjectNode object() {
        return json.createObjectNode();
    }

    /// @throws Problem when the line is anything but one JSON object
    ObjectNode object(String line) {
        try {
            if (json.readTree(line) instanceof ObjectNode object) {
                return object;
            }
        } catch (MismatchedInputException _) {
            throw refused("a linha deve ser um objeto JSON, e só um");
        } catch (JacksonException e) {
            var at = e.getLocation(); // unknown when the line is nested too deeply
            throw refused("JSON inválido" + (at == null ? "" : " na coluna " + at.getColumnNr()));
        }
        throw refused("a linha deve ser um objeto JSON");
    }

    /// @throws Problem when the object has other fields or other types
    <T> T read(ObjectNode object, Class<T> type) {
        try {
            return json.treeToValue(object, type);
        } catch (JacksonException e) {
            throw Problem.unreadable(object, type, e, json, validator);
        }
    }

    /// @throws Problem with every constraint that any of the values breaks
    void requireValid(List<?> values) {
        var errors = values.stream().flatMap(this::errors).distinct().toList();
        if (!errors.isEmpty()) {
            throw Problem.invalid(errors);
        }
    }

    private Stream<FieldError> errors(Object value) {
        return validator.validate(value).stream()
                .map(v -> new FieldError(
                        ELEMENT.matcher(v.getPropertyPath().toString()).replaceAll(""), v.getMessage()))
                .sorted(Comparator.comparing(FieldError::field));
    }

    private static Problem refused(String reason) {
        return new Problem(HttpStatus.BAD_REQUEST, "INVALID", reason, List.of());
    }
}
