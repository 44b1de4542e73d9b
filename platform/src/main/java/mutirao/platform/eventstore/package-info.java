/// The record: events as `jsonb` in PostgreSQL under stable names, handed out in index order without skipping any.
@NullMarked
package mutirao.platform.eventstore;

import org.jspecify.annotations.NullMarked;
