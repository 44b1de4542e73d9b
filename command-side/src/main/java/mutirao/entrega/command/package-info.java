/// Decides about deliveries, and leads each of them through its saga.
@NullMarked
package mutirao.entrega.command;

import org.jspecify.annotations.NullMarked;
