package mutirao.api;

import jakarta.validation.Constraint;
import jakarta.validation.ConstraintValidator;
import jakarta.validation.ConstraintValidatorContext;
import jakarta.validation.Payload;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Free strings that a client attaches: at most 50 keys of 1–60 characters, values of at most 500.
@Constraint(validatedBy = Metadata.Validator.class)
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.FIELD, ElementType.RECORD_COMPONENT})
public @interface Metadata {
    /// Said of the map.
    String message() default "no m\u00e1ximo 50 chaves de 1 a 60 caracteres, com valores de at\u00e9 500";

    Class<?>[] groups() default {};

    Class<? extends Payload>[] payload() default {};

    /// Whether a value may be null, which removes its key.
    boolean removable() default false;

    /// Counts and measures.
    final class Validator implements ConstraintValidator<Metadata, Map<String, @Nullable String>> {
        private boolean removable;

        @Override
        public void initialize(Metadata annotation) {
            removable = annotation.removable();
        }

        @Override
        public boolean isValid(@Nullable Map<String, @Nullable String> map, ConstraintValidatorContext context) {
            return map == null
                    || (map.size() <= MetadataPatch.MAX
                            && map.entrySet().stream().allMatch(entry -> fits(entry.getKey(), entry.getValue())));
        }

        private boolean fits(String key, @Nullable String value) {
            return !key.isBlank() && key.length() <= 60 && (value == null ? removable : value.length() <= 500);
        }
    }
}
