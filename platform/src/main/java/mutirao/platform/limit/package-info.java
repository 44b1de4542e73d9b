/// How much one person, or one address, may ask of this process.
@NullMarked
package mutirao.platform.limit;

import org.jspecify.annotations.NullMarked;
