package mutirao.platform.rest;

import jakarta.validation.Validator;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// A request that cannot be answered as asked, for a reason that the caller can act on.
public final class Problem extends RuntimeException {
    private final HttpStatusCode status;
    private final String code;
    private final List<FieldError> errors;

    /// What is wrong with one field of the request.
    ///
    /// @param field its path, as in `items[0].quantity`, or the name of a parameter or header
    public record FieldError(String field, String message) {}

    /// @param code   stable, UPPER_SNAKE
    /// @param detail for people; null for the code's text
    public Problem(HttpStatusCode status, String code, @Nullable String detail, List<FieldError> errors) {
        super(detail, null, false, false);
        this.status = status;
        this.code = code;
        this.errors = errors;
    }

    /// One field, parameter or header is not what it should be.
    public static Problem invalid(String field, String message) {
        return invalid(List.of(new FieldError(field, message)));
    }

    /// Some fields are not what they should be.
    public static Problem invalid(List<FieldError> errors) {
        var detail = errors.isEmpty()
                ? "o pedido é inválido"
                : errors.getFirst().field() + ": " + errors.getFirst().message();
        return new Problem(HttpStatus.BAD_REQUEST, "INVALID", detail, errors);
    }

    /// A body, or one line of it, is JSON but not of the wanted shape: what is wrong with each of its fields.
    ///
    /// @param body    as it was sent
    /// @param type    a record that it is not
    /// @param refused what Jackson said of it
    public static Problem unreadable(
            JsonNode body, Class<?> type, JacksonException refused, JsonMapper json, Validator validator) {
        return Findings.of(body, type, refused, json, validator);
    }

    /// There is no such thing.
    public static Problem notFound() {
        return new Problem(HttpStatus.NOT_FOUND, "NOT_FOUND", "não existe", List.of());
    }

    /// A rule refuses it.
    public static Problem conflict(String code, String detail) {
        return new Problem(HttpStatus.CONFLICT, code, detail, List.of());
    }

    /// The HTTP status.
    public HttpStatusCode status() {
        return status;
    }

    /// The stable error code.
    public String code() {
        return code;
    }

    /// What is wrong, field by field.
    public List<FieldError> errors() {
        return errors;
    }
}
