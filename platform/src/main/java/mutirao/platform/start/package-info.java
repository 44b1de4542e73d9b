/// How a program says what has started, or why it cannot.
@NullMarked
package mutirao.platform.start;

import org.jspecify.annotations.NullMarked;
