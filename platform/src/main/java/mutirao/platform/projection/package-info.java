/// The projection kernel: a read model is a table and a pure fold; the kernel owns SQL, batches, position, transactions
/// and swap, and runs the same definition live and in a rebuild.
@NullMarked
package mutirao.platform.projection;

import org.jspecify.annotations.NullMarked;
