/// What donors offer, and who holds how much of it: ids, commands, events, queries and views.
@NullMarked
package mutirao.oferta.api;

import org.jspecify.annotations.NullMarked;
