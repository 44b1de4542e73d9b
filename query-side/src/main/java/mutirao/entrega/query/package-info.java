/// Shows deliveries.
@NullMarked
package mutirao.entrega.query;

import org.jspecify.annotations.NullMarked;
