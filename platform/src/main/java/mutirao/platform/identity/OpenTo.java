package mutirao.platform.identity;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/// Who may call an operation of the API; it stands at the controller's method, and one without it is nobody's. It says
/// one of three things: which roles open it, that everybody who has logged in may, or that nobody needs to.
///
/// A role opens the door; what is behind it may ask for more, and each such rule stands in [#also] in words and in one
/// place of the code: for commands in the aggregate, for reads in the query. `docs/acesso.md` shows all of them.
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.METHOD, ElementType.ANNOTATION_TYPE})
public @interface OpenTo {
    /// Any of these opens it.
    Role[] value() default {};

    /// Whoever has logged in, whatever their roles.
    boolean everybody() default false;

    /// Whoever comes.
    boolean withoutToken() default false;

    /// What is asked for beside the role, for people; empty for nothing.
    String also() default "";
}
