package mutirao.messaging;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// A message that a group could not handle.
///
/// @param id        of the letter: the same message of the same group has the same
/// @param group     who could not handle it
/// @param message   as it came; its data is the text it came with, JSON unless that was what was wrong
/// @param cause     what went wrong last
/// @param exception the class of what was thrown
/// @param stackHash the same for the same fault at the same place in the program
/// @param attempts  how often it was tried in all
/// @param firstAt   when it failed first
/// @param lastAt    when it failed last
public record DeadLetter(
        UUID id,
        String group,
        Message<String> message,
        String cause,
        @Nullable String exception,
        @Nullable String stackHash,
        int attempts,
        Instant firstAt,
        Instant lastAt) {}
