package mutirao.api;

import jakarta.validation.Constraint;
import jakarta.validation.ConstraintValidator;
import jakarta.validation.ConstraintValidatorContext;
import jakarta.validation.Payload;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.jspecify.annotations.Nullable;

/// Both coordinates of a [Local] are known, or neither.
@Constraint(validatedBy = Coordenadas.Validator.class)
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
public @interface Coordenadas {
    /// Said of the one that is missing.
    String message() default "latitude e longitude v\u00eam juntas";

    Class<?>[] groups() default {};

    Class<? extends Payload>[] payload() default {};

    /// Names the missing one.
    final class Validator implements ConstraintValidator<Coordenadas, Local> {
        @Override
        public boolean isValid(@Nullable Local local, ConstraintValidatorContext context) {
            if (local == null || (local.latitude() == null) == (local.longitude() == null)) {
                return true;
            }
            context.disableDefaultConstraintViolation();
            context.buildConstraintViolationWithTemplate(context.getDefaultConstraintMessageTemplate())
                    .addPropertyNode(local.latitude() == null ? "latitude" : "longitude")
                    .addConstraintViolation();
            return false;
        }
    }
}
