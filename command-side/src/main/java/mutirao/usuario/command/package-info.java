/// Decides about people and what they are in their organization.
@NullMarked
package mutirao.usuario.command;

import org.jspecify.annotations.NullMarked;
