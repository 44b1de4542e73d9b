/// What tokens are signed with, and what keeps that secret.
@NullMarked
package mutirao.identity.key;

import org.jspecify.annotations.NullMarked;
