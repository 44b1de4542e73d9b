/// What is counted, and what can be asked of it.
@NullMarked
package mutirao.analytics.api;

import org.jspecify.annotations.NullMarked;
