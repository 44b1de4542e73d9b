package mutirao.platform.stream;

import java.util.Map;

/// Sends parked commands again; there is one where commands are sent from.
@FunctionalInterface
public interface ParkedCommands {
    /// Sends one and waits.
    ///
    /// @param command its `payload` and `metadata` as they were parked
    void send(Map<String, String> command);
}
