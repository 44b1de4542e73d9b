package mutirao.messaging.contract;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.concurrent.ThreadLocalRandom;
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

    /// A port of this machine that nobody has, below those that connections get by themselves: while the broker is dead
    /// nobody else may come to have it.
    static int freePort() {
        return ThreadLocalRandom.current()
                .ints(20_000, 32_000)
                .filter(BrokerServer::isFree)
                .findFirst()
                .orElseThrow();
    }

    private static boolean isFree(int port) {
        try (var _ = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            return true;
        } catch (IOException e) {
            return false;
        }
    }
}
