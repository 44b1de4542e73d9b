package mutirao.api;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/// Marks a message field as personal data, so that it can be encrypted with a person's key and erased by destroying it.
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.RECORD_COMPONENT, ElementType.FIELD})
public @interface Personal {
    /// The name of the field of the same record that holds the person's id.
    String subject();
}
