package mutirao.platform.rest;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.springframework.core.annotation.AliasFor;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestMethod;

/// A `PATCH` whose body is a [MergePatch], in either media type.
@RequestMapping(
        method = RequestMethod.PATCH,
        consumes = {MergePatch.JSON, MergePatch.MERGE_PATCH_JSON})
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface MergePatchMapping {
    /// The path below the controller's.
    @AliasFor(annotation = RequestMapping.class, attribute = "path")
    String[] value();
}
