/// What one process needs to be everything: a database of its own, and care about who can reach it.
@NullMarked
package mutirao.standalone;

import org.jspecify.annotations.NullMarked;
