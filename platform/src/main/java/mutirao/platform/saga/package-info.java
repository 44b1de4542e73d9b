/// Processes that span aggregates: a pure decision per event, whose state, position and commands are stored in one
/// transaction; the commands leave after it, are retried, and park their saga when they keep failing.
@NullMarked
package mutirao.platform.saga;

import org.jspecify.annotations.NullMarked;
