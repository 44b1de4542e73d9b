/// The vocabulary that every context shares: what a message, an id, a rule and a line of goods are.
@NullMarked
package mutirao.api;

import org.jspecify.annotations.NullMarked;
