/// Decides about support tickets.
@NullMarked
package mutirao.ticket.command;

import org.jspecify.annotations.NullMarked;
