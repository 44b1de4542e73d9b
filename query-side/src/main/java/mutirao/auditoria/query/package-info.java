/// The history of everything, for whoever checks it.
@NullMarked
package mutirao.auditoria.query;

import org.jspecify.annotations.NullMarked;
