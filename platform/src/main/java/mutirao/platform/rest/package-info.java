/// What every REST controller shares: who calls, answers to commands, idempotent replays, waiting for a position,
/// pages, and problems.
@NullMarked
package mutirao.platform.rest;

import org.jspecify.annotations.NullMarked;
