/// The transport over RabbitMQ.
@NullMarked
package mutirao.messaging.internal.rabbit;

import org.jspecify.annotations.NullMarked;
