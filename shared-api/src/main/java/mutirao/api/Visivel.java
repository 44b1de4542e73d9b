package mutirao.api;

import jakarta.validation.Constraint;
import jakarta.validation.Payload;
import jakarta.validation.ReportAsSingleViolation;
import jakarta.validation.constraints.Pattern;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/// A text with at least one character that people see: no-break and zero-width spaces, fillers and selectors do not
/// count, as they would for `@NotBlank`. A text that is missing is `@NotNull`'s business.
@Pattern(
        regexp =
                "(?Us).*[^\\s\\p{Z}\\p{C}\\x{34F}\\x{115F}\\x{1160}\\x{17B4}\\x{17B5}\\x{180B}-\\x{180F}\\x{2800}\\x{3164}"
                        + "\\x{FE00}-\\x{FE0F}\\x{FFA0}\\x{E0100}-\\x{E01EF}].*")
@ReportAsSingleViolation
@Constraint(validatedBy = {})
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.FIELD, ElementType.RECORD_COMPONENT, ElementType.PARAMETER})
public @interface Visivel {
    /// Said of the text.
    String message() default "deve ter algum caractere vis\u00edvel";

    Class<?>[] groups() default {};

    Class<? extends Payload>[] payload() default {};
}
