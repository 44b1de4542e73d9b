/// The database as this process sees it: its connections, and whether it answers.
@NullMarked
package mutirao.platform.database;

import org.jspecify.annotations.NullMarked;
