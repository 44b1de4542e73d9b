/// Following the event log: a durable position, batches in one transaction, and dead letters that hold up only
/// their own sequence. Projections, sagas and timers are all followers.
@NullMarked
package mutirao.platform.stream;

import org.jspecify.annotations.NullMarked;
