/// The programs that get tokens: those that a start makes, and what is written down with each.
@NullMarked
package mutirao.identity.client;

import org.jspecify.annotations.NullMarked;
