/// The messaging library against the plain clients of the same brokers.
@NullMarked
package mutirao.benchmark.messaging;

import org.jspecify.annotations.NullMarked;
