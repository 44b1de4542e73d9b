package mutirao.platform.identity;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.springframework.core.annotation.AliasFor;

/// An operation for everybody who takes part.
@OpenTo({Role.ADMIN, Role.COORDENADOR, Role.TECNICO, Role.VOLUNTARIO, Role.DOADOR, Role.USUARIO})
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface OpenToPeople {
    /// What is asked for beside the role, for people; empty for nothing.
    @AliasFor(annotation = OpenTo.class)
    String also() default "";
}
