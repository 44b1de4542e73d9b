/// Who may do what: the words for it that both sides, and whatever issues tokens, have in common.
@NullMarked
package mutirao.platform.identity;

import org.jspecify.annotations.NullMarked;
