package mutirao.platform.test;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The network between a program and its database, which can swallow what passes: nobody is told that anything is gone.
final class Swallowing implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Swallowing.class);

    private final ServerSocket door;
    private final int target;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private volatile boolean swallows;

    /// @param target a port of this machine
    Swallowing(int target) {
        this.target = target;
        try {
            this.door = new ServerSocket(0, 200, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Thread.ofVirtual().start(this::welcome);
    }

    int port() {
        return door.getLocalPort();
    }

    /// What passes from now on is gone, and so is whoever connects.
    void swallow() {
        swallows = true;
    }

    /// Whoever connects from now on is heard. The connections of before are dead, and nobody says so.
    void heal() {
        open.clear();
        swallows = false;
    }

    private void welcome() {
        while (!door.isClosed()) {
            try {
                var guest = door.accept();
                if (swallows) {
                    continue;
                }
                let(guest);
            } catch (IOException e) {
                LOG.debug("nobody is let through: {}", e.toString());
            }
        }
    }

    private void let(Socket guest) throws IOException {
        try {
            var host = new Socket(InetAddress.getLoopbackAddress(), target);
            open.add(guest);
            Thread.ofVirtual().start(() -> pump(guest, host, guest));
            Thread.ofVirtual().start(() -> pump(host, guest, guest));
        } catch (IOException e) {
            guest.close();
            throw e;
        }
    }

    private void pump(Socket from, Socket to, Socket connection) {
        try (from;
                to) {
            var bytes = new byte[8192];
            for (var read = from.getInputStream().read(bytes);
                    read >= 0;
                    read = from.getInputStream().read(bytes)) {
                if (!swallows && open.contains(connection)) {
                    to.getOutputStream().write(bytes, 0, read);
                }
            }
        } catch (IOException e) {
            LOG.debug("a connection has ended: {}", e.toString());
        }
    }

    @Override
    public void close() throws IOException {
        door.close();
    }
}
