package mutirao.benchmark.messaging;

/// A way to send messages over a broker and to get them.
interface Way extends AutoCloseable {
    /// So many messages are unconfirmed at most.
    int IN_FLIGHT = 1000;

    /// Publishes messages of 200 bytes, over 100 keys, and waits until all are confirmed.
    void publish(int count) throws Exception;

    /// Takes what has been published and not been taken yet, acknowledging it.
    ///
    /// @param count how many there are
    /// @return messages a second, from the first to the last
    double consume(int count) throws Exception;

    @Override
    void close() throws Exception;

    /// The key of a message.
    static String key(int i) {
        return "key-" + i % 100;
    }
}
