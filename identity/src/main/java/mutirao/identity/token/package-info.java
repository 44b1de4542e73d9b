/// What is issued: what stands in a token, who may exchange which for the next, and what is remembered of it.
@NullMarked
package mutirao.identity.token;

import org.jspecify.annotations.NullMarked;
