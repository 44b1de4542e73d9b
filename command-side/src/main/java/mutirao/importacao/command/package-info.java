/// Takes in many needs at once: a file becomes lines, a line becomes commands, and every line is answered.
@NullMarked
package mutirao.importacao.command;

import org.jspecify.annotations.NullMarked;
