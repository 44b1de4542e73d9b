/// What a context says to other systems of what happens in it: public events, and who makes them of its own.
@NullMarked
package mutirao.integracao.api;

import org.jspecify.annotations.NullMarked;
