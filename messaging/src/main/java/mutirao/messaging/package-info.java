/// Publishing and consuming events over Kafka, RabbitMQ, Redis Streams or memory, chosen by one property. What an
/// application writes against is in this package; everything below `internal` may change at any time.
@NullMarked
package mutirao.messaging;

import org.jspecify.annotations.NullMarked;
