/// Measures the program against plain alternatives, each pair in one run on one machine.
@NullMarked
package mutirao.benchmark;

import org.jspecify.annotations.NullMarked;
