package mutirao.messaging;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/// Publishes what a method of a bean returns, once the method has succeeded: after the commit of the transaction it
/// runs in, if there is one; not at all when it throws or the transaction rolls back. The caller goes on when the
/// broker has confirmed, and gets [NotConfirmed] when it has not, though the method's effect stands: where that is
/// not enough, publish from an outbox. Works for calls from other beans only, and not for methods that return
/// before they have succeeded (futures).
///
/// On a type it publishes nothing. It says that the application publishes events of this name with data of this
/// type by other means, a [Producer] for one, so that its AsyncAPI document (`/asyncapi`) tells of them. The type
/// is found where the application's own classes are, in the packages of its auto-configuration.
@Target({ElementType.METHOD, ElementType.TYPE})
@Retention(RetentionPolicy.RUNTIME)
@Documented
public @interface Publishes {
    /// The event's name, `entity.action`.
    String value();

    /// Where to; empty for `mutirao.messaging.topic`. `${…}` is read from the environment.
    String topic() default "";

    /// The field of the data that is the key, `a.b` for a field of a field; empty for none.
    String key() default "";

    /// Whether the result is the event's data. Otherwise its data is `{}`, as it is where there is no result.
    boolean includeResult() default true;
}
