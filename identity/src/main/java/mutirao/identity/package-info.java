/// The embedded authorization server (OAuth 2.1, OpenID Connect): who logs in, and the tokens they get. The program
/// works with any other issuer too; `mutirao.identity.server` says whether this one is there.
@NullMarked
package mutirao.identity;

import org.jspecify.annotations.NullMarked;
