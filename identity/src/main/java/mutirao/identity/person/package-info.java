/// How people come to an account: what events say about them, and the links with which they set a password.
@NullMarked
package mutirao.identity.person;

import org.jspecify.annotations.NullMarked;
