package mutirao.messaging.internal;

import java.util.List;

/// Makes what a group does with its messages.
interface GroupMaker {
    /// @param handlers of that group
    Lanes.Work group(String name, List<Handler> handlers);
}
