/// The way of a command: who sends it, what its metadata says, what its answer is, and that it takes effect once.
@NullMarked
package mutirao.platform.command;

import org.jspecify.annotations.NullMarked;
