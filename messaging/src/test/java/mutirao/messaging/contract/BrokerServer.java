package mutirao.messaging.contract;

import mutirao.messaging.Broker;

/// A real broker that a test may kill and start again, on a port of its own, with data in a directory of its own.
public interface BrokerServer extends AutoCloseable {
    /// Where it is. The same after [#start].
    Broker broker();

    /// Ends it at once (`kill -9`). What it has confirmed stays on disk.
    void kill();

    /// Starts it again after [#kill], and waits until it answers.
    void start();

    /// Ends it and deletes its data.
    @Override
    void close();
}
