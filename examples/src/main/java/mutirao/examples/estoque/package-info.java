/// Sets aside what orders ask for, and says whether it could.
@NullMarked
package mutirao.examples.estoque;

import org.jspecify.annotations.NullMarked;
