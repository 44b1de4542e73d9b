package mutirao.platform.side;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.springframework.context.annotation.Condition;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.context.annotation.Conditional;
import org.springframework.core.type.AnnotatedTypeMetadata;

/// Only in a process that is this side, or both.
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.TYPE, ElementType.METHOD})
@Conditional(OnSide.Matches.class)
public @interface OnSide {
    /// [Side#COMMAND] or [Side#QUERY].
    Side value();

    /// Compares with the property.
    final class Matches implements Condition {
        @Override
        public boolean matches(ConditionContext context, AnnotatedTypeMetadata metadata) {
            var wanted = metadata.getAnnotations().get(OnSide.class).getEnum("value", Side.class);
            return Side.of(context.getEnvironment().getProperty(Side.PROPERTY, "both"))
                    .is(wanted);
        }
    }
}
