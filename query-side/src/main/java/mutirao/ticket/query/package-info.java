/// Shows support tickets.
@NullMarked
package mutirao.ticket.query;

import org.jspecify.annotations.NullMarked;
