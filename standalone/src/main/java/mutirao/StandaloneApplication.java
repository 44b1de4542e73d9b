package mutirao;

import mutirao.platform.side.Side;

/// Both sides in one process, with a database of its own unless `spring.datasource.url` names another.
public final class StandaloneApplication {
    private StandaloneApplication() {}

    /// Runs until it is told to stop.
    public static void main(String[] args) {
        Mutirao.as(Side.BOTH).run(args);
    }
}
