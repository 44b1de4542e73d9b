package mutirao.platform.stream;

import java.util.List;

/// Brings subscribers of one kind to the [Followers].
public interface Subscribers {
    /// All of that kind that run in this process.
    List<Subscriber> subscribers();
}
