package mutirao.messaging;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/// A method that handles events, in a [Consumer] or, with topics of its own, in any bean.
///
/// It takes the event's data as a record (validated if it has Bean Validation constraints), `Map`, `JsonNode` or
/// `String`; or a [Message] of one of these; or nothing. It runs in one transaction with the note that its group
/// has handled the message ([ProcessedMessages]), unless its [Consumer] is idempotent. When it returns, the message is
/// done; when it throws, [Retry]
/// says what happens. Of several methods of a group that fit one message the most specific handles it.
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
@Documented
public @interface OnEvent {
    /// Names of events; `*` stands for any characters: `order.*`, `*`.
    String[] value() default "*";

    /// Topics to listen to; none for those of the [Consumer]. `${…}` is read from the environment.
    String[] topics() default {};

    /// The group; empty for that of the [Consumer], or `mutirao.messaging.group`.
    String group() default "";
}
