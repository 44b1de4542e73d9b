package mutirao.api;

import jakarta.validation.Constraint;
import jakarta.validation.ConstraintValidator;
import jakarta.validation.ConstraintValidatorContext;
import jakarta.validation.Payload;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// No two of the [Item]s or [Quantia]s name the same line (see [Item#key(String)]).
@Constraint(validatedBy = ItensDistintos.Validator.class)
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.FIELD, ElementType.RECORD_COMPONENT, ElementType.PARAMETER})
public @interface ItensDistintos {
    /// Said of the list.
    String message() default "o mesmo item aparece mais de uma vez";

    Class<?>[] groups() default {};

    Class<? extends Payload>[] payload() default {};

    /// Compares their keys.
    final class Validator implements ConstraintValidator<ItensDistintos, List<?>> {
        @Override
        public boolean isValid(@Nullable List<?> items, ConstraintValidatorContext context) {
            return items == null
                    || Linha.distinct(items.stream()
                            .map(Validator::name)
                            .filter(Objects::nonNull)
                            .toList());
        }

        private static @Nullable String name(@Nullable Object item) {
            return switch (item) {
                case Item line -> line.item();
                case Quantia line -> line.item();
                case null, default -> null;
            };
        }
    }
}
