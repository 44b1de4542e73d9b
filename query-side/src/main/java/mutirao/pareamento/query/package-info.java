/// Which offer fits which need: suggestions for one need, and what a rule would have made of a past period.
@NullMarked
package mutirao.pareamento.query;

import org.jspecify.annotations.NullMarked;
