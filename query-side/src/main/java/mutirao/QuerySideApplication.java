package mutirao;

import mutirao.platform.side.Side;

/// Shows, in a process of its own.
public final class QuerySideApplication {
    private QuerySideApplication() {}

    /// Runs until it is told to stop.
    public static void main(String[] args) {
        Mutirao.as(Side.QUERY).run(args);
    }
}
