/// Shows people to their organization, and to each person who they are.
@NullMarked
package mutirao.usuario.query;

import org.jspecify.annotations.NullMarked;
