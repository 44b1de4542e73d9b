package mutirao.messaging.internal;

import jakarta.validation.ConstraintViolation;
import jakarta.validation.Validator;
import java.lang.reflect.Type;
import java.util.Set;
import java.util.stream.Collectors;
import mutirao.messaging.Message;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Reads a message's data as its handler takes it, and validates it where Bean Validation is there.
interface Payloads {
    /// Data that does not fit its handler; no retry makes it fit.
    final class Invalid extends RuntimeException {
        Invalid(String why) {
            super(why, null, false, false);
        }
    }

    /// The data as the handler takes it; null when it takes none.
    ///
    /// @throws Invalid saying what does not fit, field by field
    @Nullable
    Object read(Handler handler, Message<JsonNode> message);

    /// @param json      reads them
    /// @param validator a `jakarta.validation.Validator`; null where there is none
    static Payloads of(JsonMapper json, @Nullable Object validator) {
        return validator == null ? new Read(json) : new Validated(new Read(json), (Validator) validator);
    }

    /// Reads only.
    record Read(JsonMapper json) implements Payloads {
        @Override
        public @Nullable Object read(Handler handler, Message<JsonNode> message) {
            Type type = handler.data();
            if (type == null) {
                return null;
            }
            if (type == JsonNode.class || type == Object.class) {
                return message.data();
            }
            if (type == String.class) {
                return message.data().isString()
                        ? message.data().asString()
                        : message.data().toString();
            }
            try {
                var data = json.treeToValue(message.data(), json.constructType(type));
                if (data == null) {
                    throw new Invalid("it has no data");
                }
                return data;
            } catch (JacksonException e) {
                throw new Invalid("its data is no %s: %s".formatted(type.getTypeName(), e.getOriginalMessage()));
            }
        }
    }

    /// Reads and validates.
    record Validated(Payloads read, Validator validator) implements Payloads {
        @Override
        public @Nullable Object read(Handler handler, Message<JsonNode> message) {
            var data = read.read(handler, message);
            if (data != null && !(data instanceof JsonNode)) {
                var violations = validator.validate(data);
                if (!violations.isEmpty()) {
                    throw new Invalid("its data is invalid: " + told(violations));
                }
            }
            return data;
        }

        private static String told(Set<ConstraintViolation<Object>> violations) {
            return violations.stream()
                    .map(violation -> violation.getPropertyPath() + " " + violation.getMessage())
                    .sorted()
                    .collect(Collectors.joining("; "));
        }
    }
}
