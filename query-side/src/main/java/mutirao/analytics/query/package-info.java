/// Counts every domain event, whatever it is.
@NullMarked
package mutirao.analytics.query;

import org.jspecify.annotations.NullMarked;
