package mutirao.platform.side;

import java.util.Locale;

/// Which half of the application a process is, by the property `mutirao.side`.
public enum Side {
    /// Decides: commands, sagas, jobs.
    COMMAND,
    /// Shows: projections, queries, audit.
    QUERY,
    /// Everything in one process.
    BOTH;

    /// The property.
    public static final String PROPERTY = "mutirao.side";

    /// Whether this process does what the other side does.
    public boolean is(Side other) {
        return this == BOTH || this == other;
    }

    /// @throws IllegalArgumentException when it is none of `command`, `query`, `both`
    public static Side of(String name) {
        return valueOf(name.toUpperCase(Locale.ROOT));
    }
}
