/// The transport over Kafka.
@NullMarked
package mutirao.messaging.internal.kafka;

import org.jspecify.annotations.NullMarked;
