/// Shows which organizations there are.
@NullMarked
package mutirao.organizacao.query;

import org.jspecify.annotations.NullMarked;
