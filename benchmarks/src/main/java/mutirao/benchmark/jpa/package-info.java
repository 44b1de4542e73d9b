/// Read models as JPA entities, the way they are usually written.
@NullMarked
package mutirao.benchmark.jpa;

import org.jspecify.annotations.NullMarked;
