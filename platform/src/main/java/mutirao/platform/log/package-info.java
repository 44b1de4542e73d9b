/// What the log says of faults: their cause and how often, never anybody's data.
@NullMarked
package mutirao.platform.log;

import org.jspecify.annotations.NullMarked;
