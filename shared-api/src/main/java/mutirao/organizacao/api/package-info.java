/// Organizations, each of which owns its people, its needs and everything else: ids, commands, events, queries and
/// views.
@NullMarked
package mutirao.organizacao.api;

import org.jspecify.annotations.NullMarked;
