/// The API's door: which tokens it takes, and who a request is from by its token.
@NullMarked
package mutirao.identity.resource;

import org.jspecify.annotations.NullMarked;
