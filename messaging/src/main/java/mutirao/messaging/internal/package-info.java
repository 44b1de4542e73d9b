/// How it works; nothing here is for applications. A [Transport] carries [Wire] messages over one broker; what
/// handlers are promised (order per key, retries, dead letters, once) is made above it, the same for all of them.
@NullMarked
package mutirao.messaging.internal;

import org.jspecify.annotations.NullMarked;
