package mutirao;

import mutirao.platform.side.Side;

/// Decides, in a process of its own.
public final class CommandSideApplication {
    private CommandSideApplication() {}

    /// Runs until it is told to stop.
    public static void main(String[] args) {
        Mutirao.as(Side.COMMAND).run(args);
    }
}
