/// The plain alternative to a command: a Spring Data JPA controller.
@NullMarked
package mutirao.benchmark.crud;

import org.jspecify.annotations.NullMarked;
