/// Which half of the application this process is.
@NullMarked
package mutirao.platform.side;

import org.jspecify.annotations.NullMarked;
