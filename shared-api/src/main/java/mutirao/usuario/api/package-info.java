/// People as one organization knows them: ids, commands, events, queries and views.
@NullMarked
package mutirao.usuario.api;

import org.jspecify.annotations.NullMarked;
