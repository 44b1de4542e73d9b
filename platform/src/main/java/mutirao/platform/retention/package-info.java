/// Removes what is needed for a while only. Events never are.
@NullMarked
package mutirao.platform.retention;

import org.jspecify.annotations.NullMarked;
