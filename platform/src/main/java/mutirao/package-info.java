/// Mutirão: one product, a side that decides, a side that shows, and the platform both stand on.
@NullMarked
package mutirao;

import org.jspecify.annotations.NullMarked;
