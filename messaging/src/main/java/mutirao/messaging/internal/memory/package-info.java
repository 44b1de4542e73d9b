/// The transport over memory, in this process.
@NullMarked
package mutirao.messaging.internal.memory;

import org.jspecify.annotations.NullMarked;
