/// The delivery as a process over offer and need: how far its steps have come.
@NullMarked
package mutirao.entrega.processo;

import org.jspecify.annotations.NullMarked;
