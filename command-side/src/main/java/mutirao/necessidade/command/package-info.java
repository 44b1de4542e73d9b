/// Decides about needs.
@NullMarked
package mutirao.necessidade.command;

import org.jspecify.annotations.NullMarked;
