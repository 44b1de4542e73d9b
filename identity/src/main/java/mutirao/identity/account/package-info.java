/// People as the server knows them: a login, a password's hash, what they are in which organization. Their names and
/// how to reach them are not here.
@NullMarked
package mutirao.identity.account;

import org.jspecify.annotations.NullMarked;
