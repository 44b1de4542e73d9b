/// Asking read models: queries on their way to their handlers, and lists walked by key.
@NullMarked
package mutirao.platform.query;

import org.jspecify.annotations.NullMarked;
