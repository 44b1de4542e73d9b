package mutirao.messaging;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/// Publishes what a method of a bean returns, once the method has succeeded: after the commit of the transaction it
/// runs in, if there is one; not at all when it throws or the transaction rolls back. The caller goes on when the
/// broker has confirmed, and gets [NotConfirmed] when it has not, though the method's effect stands: where that is
/// not enough, publish from an outbox. Works for calls from other beans only.
///
/// On a type it publishes nothing: it says that events of that name have data of that type, for the AsyncAPI
/// document, where an application publishes them itself.
@Target({ElementType.METHOD, ElementType.TYPE})
@Retention(RetentionPolicy.RUNTIME)
public @interface Publishes {
    /// The event's name, `entity.action`.
    String value();

    /// Where to; empty for `mutirao.messaging.topic`.
    String topic() default "";

    /// The field of the result that is the key, `a.b` for a field of a field; empty for none.
    String key() default "";

    /// Whether the result is the event's data. Otherwise its data is `{}`.
    boolean includeResult() default true;
}
