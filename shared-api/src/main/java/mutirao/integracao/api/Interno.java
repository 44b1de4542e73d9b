package mutirao.integracao.api;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/// Other systems are told nothing of these events, which a context seals.
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
public @interface Interno {
    /// Why nothing.
    String value();
}
