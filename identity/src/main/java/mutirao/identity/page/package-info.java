/// Pages that people see in a browser: forms without script, in two languages.
@NullMarked
package mutirao.identity.page;

import org.jspecify.annotations.NullMarked;
