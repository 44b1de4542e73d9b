/// Shows needs.
@NullMarked
package mutirao.necessidade.query;

import org.jspecify.annotations.NullMarked;
