/// The transport over Redis Streams.
@NullMarked
package mutirao.messaging.internal.redis;

import org.jspecify.annotations.NullMarked;
