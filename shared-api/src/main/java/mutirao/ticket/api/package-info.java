/// Requests to the support desk and their service level: ids, commands, events, queries and views.
@NullMarked
package mutirao.ticket.api;

import org.jspecify.annotations.NullMarked;
