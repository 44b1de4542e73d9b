/// What other systems hear of what happens here, and what they may ask for, over messaging.
@NullMarked
package mutirao.integracao.command;

import org.jspecify.annotations.NullMarked;
