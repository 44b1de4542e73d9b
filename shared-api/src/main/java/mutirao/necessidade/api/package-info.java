/// What people need, and how much of it is still missing: ids, commands, events, queries and views.
@NullMarked
package mutirao.necessidade.api;

import org.jspecify.annotations.NullMarked;
