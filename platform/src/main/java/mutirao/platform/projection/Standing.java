package mutirao.platform.projection;

import mutirao.platform.eventstore.Position;

/// How a projection stands.
///
/// @param table     in the database
/// @param head      how far it could have read
/// @param lagEvents events it has not read yet
/// @param lagMillis since the first of them was recorded
/// @param state     LIVE, REBUILDING, FAILED when it could not be built, or PAUSED at an event that this version
///                  does not know
public record Standing(
        String name,
        String table,
        int version,
        Position position,
        Position head,
        long lagEvents,
        long lagMillis,
        String state,
        long deadLetters) {}
