package mutirao.messaging;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.springframework.stereotype.Component;

/// A bean that handles events of some topics with its [OnEvent] methods. Consumers of one group share the messages,
/// each group gets all of them.
@Component
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Documented
public @interface Consumer {
    /// The group; empty for `mutirao.messaging.group`. Handlers in several classes may be of one group.
    String group() default "";

    /// The topics it listens to; `${…}` is read from the environment.
    String[] topics();

    /// Whether it begins by itself. Otherwise only a worker process that names its group or a topic of it runs it.
    boolean autoStart() default true;

    /// Whether its handlers do by themselves what makes a message that comes again harmless. Then no note of it is kept
    /// ([ProcessedMessages]), and no transaction runs around them.
    boolean idempotent() default false;
}
