/// A delivery that carries goods from an offer to a need, and the steps of its saga: ids, commands, events, queries and
/// views.
@NullMarked
package mutirao.entrega.api;

import org.jspecify.annotations.NullMarked;
