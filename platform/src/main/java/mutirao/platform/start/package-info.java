/// How a program that cannot start says so.
@NullMarked
package mutirao.platform.start;

import org.jspecify.annotations.NullMarked;
