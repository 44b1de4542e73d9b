/// Takes orders over HTTP, says so to everybody, and learns from the stock what becomes of them.
@NullMarked
package mutirao.examples.pedidos;

import org.jspecify.annotations.NullMarked;
