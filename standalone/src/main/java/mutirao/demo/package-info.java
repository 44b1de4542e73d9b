/// What a first start shows: a neighbourhood's needs and offers, played through the REST API like anybody's.
@NullMarked
package mutirao.demo;

import org.jspecify.annotations.NullMarked;
