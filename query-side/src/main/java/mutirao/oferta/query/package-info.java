/// Shows offers.
@NullMarked
package mutirao.oferta.query;

import org.jspecify.annotations.NullMarked;
