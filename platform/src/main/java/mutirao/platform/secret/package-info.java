/// Secrets that both sides must know: made once, kept in the database they share, never in events or logs.
@NullMarked
package mutirao.platform.secret;

import org.jspecify.annotations.NullMarked;
