package mutirao.messaging;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/// What happens when a handler throws, for a method or all methods of a [Consumer]; a method's own replaces its
/// class's. What is not said here is as `mutirao.messaging.retry` says: 3 retries after 2, 4 and 8 s. Then the
/// message goes to the [DeadLetters]. A message whose data cannot be read or is invalid goes there at once.
@Target({ElementType.METHOD, ElementType.TYPE})
@Retention(RetentionPolicy.RUNTIME)
@Documented
public @interface Retry {
    /// How often it is tried again; 0 for never; -1 for what the settings say.
    int times() default -1;

    /// The pause before the first retry, `500ms`, `2s`, `PT2S`; empty for what the settings say.
    String delay() default "";

    /// What each pause is multiplied by to give the next; 1 for always the same; 0 for what the settings say.
    double factor() default 0;

    /// No pause is longer; empty for what the settings say.
    String cap() default "";

    /// Whether later messages of the same key wait while one is retried. Others never wait for it.
    boolean ordered() default true;

    /// What no retry heals: these and their subclasses go to the dead letters at once.
    Class<? extends Throwable>[] permanent() default {};
}
