/// Decides about organizations.
@NullMarked
package mutirao.organizacao.command;

import org.jspecify.annotations.NullMarked;
