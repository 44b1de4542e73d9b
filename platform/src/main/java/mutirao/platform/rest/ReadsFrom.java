package mutirao.platform.rest;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/// Names the projections that a controller's reads are answered from, so that `minPosition` can wait for them.
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
public @interface ReadsFrom {
    /// Projection names.
    String[] value();
}
