/// Decides about offers and the holds on them.
@NullMarked
package mutirao.oferta.command;

import org.jspecify.annotations.NullMarked;
