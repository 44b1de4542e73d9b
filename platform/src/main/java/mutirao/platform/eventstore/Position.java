package mutirao.platform.eventstore;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// An event's place in the order of the log, as clients are given it: a text that they hand back and need not
/// understand, so that it can name a part of a log one day. As texts, positions sort as their events do.
///
/// @param index from 1; 0 is before the first
@Schema(type = "string", example = "0000000000000000042")
public record Position(long index) {
    private static final Pattern TEXT = Pattern.compile("\\d{1,19}");

    /// As it is stored in answers of before it was a text.
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public Position {}

    /// What a client hands back.
    ///
    /// @throws IllegalArgumentException when it is no position
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public static Position of(String text) {
        if (!TEXT.matcher(text).matches()) {
            throw new IllegalArgumentException("no position: " + text);
        }
        return new Position(Long.parseLong(text)); // throws the same for what is beyond 64 bits
    }

    /// The same of a number that may be absent.
    public static @Nullable Position ofNullable(@Nullable Long index) {
        return index == null ? null : new Position(index);
    }

    @JsonValue
    @Override
    public String toString() {
        return "%019d".formatted(index);
    }
}
