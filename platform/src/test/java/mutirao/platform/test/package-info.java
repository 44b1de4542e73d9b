/// What tests of every module stand on: an embedded PostgreSQL, a fresh database for whoever asks.
@NullMarked
package mutirao.platform.test;

import org.jspecify.annotations.NullMarked;
