/// The transport over Redis Streams: a topic is eight streams and the bare one of its name, a member of a group
/// reads those it has a lease of. Configuration, scripts and administration go through spring-data-redis; what must
/// be pipelined, confirmed or read while blocking goes through Lettuce's own connections ([Line]).
@NullMarked
package mutirao.messaging.internal.redis;

import org.jspecify.annotations.NullMarked;
