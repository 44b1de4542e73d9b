package mutirao.api;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/// The name and revision under which an event is stored: a public contract that outlives the Java class. A change of
/// the JSON takes a new revision, an upcaster and a golden file.
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
public @interface EventType {
    /// The stored name, `<context>.<Event>`.
    String value();

    /// The stored revision, from `1` on.
    String revision() default "1";

    /// How older revisions are read, from that of revision 1 on: one less than [#revision] says.
    Class<? extends Upcast>[] upcasts() default {};
}
