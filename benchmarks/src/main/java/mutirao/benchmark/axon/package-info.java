/// The plain alternative to a projection: Axon's processors and annotated handlers over JPA entities.
@NullMarked
package mutirao.benchmark.axon;

import org.jspecify.annotations.NullMarked;
