/// What makes the program answer whoever asks, put on its class path for one benchmark.
@NullMarked
package mutirao.benchmark.unguarded;

import org.jspecify.annotations.NullMarked;
