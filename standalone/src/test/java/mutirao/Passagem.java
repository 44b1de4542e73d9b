package mutirao;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// A way through which a server is reached, and which can be closed and opened again: the server is away for whoever
/// comes this way, whoever runs it.
final class Passagem implements AutoCloseable {
    private final InetSocketAddress target;
    private final int port;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private ServerSocket door;

    /// @param target `host:port`
    Passagem(String target) throws IOException {
        var colon = target.lastIndexOf(':');
        this.target = new InetSocketAddress(target.substring(0, colon), Integer.parseInt(target.substring(colon + 1)));
        this.door = listen(0);
        this.port = door.getLocalPort();
        serve(door);
    }

    /// Where it begins.
    String address() {
        return "127.0.0.1:" + port;
    }

    /// Cuts all that go through, and lets nobody in.
    void fecha() throws IOException {
        door.close();
        for (var socket : open) {
            socket.close();
        }
    }

    void abre() throws IOException {
        door = listen(port);
        serve(door);
    }

    private static ServerSocket listen(int port) throws IOException {
        var socket = new ServerSocket();
        socket.setReuseAddress(true);
        socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        return socket;
    }

    private void serve(ServerSocket from) {
        Thread.ofVirtual().start(() -> {
            try {
                while (true) {
                    join(from.accept());
                }
            } catch (IOException closed) {
                // it has been closed
            }
        });
    }

    private void join(Socket near) {
        var far = new Socket();
        open.add(near);
        open.add(far);
        Thread.ofVirtual().start(() -> {
            try {
                far.connect(target);
                Thread.ofVirtual().start(() -> pump(far, near));
                pump(near, far);
            } catch (IOException away) {
                drop(near, far);
            }
        });
    }

    private void pump(Socket from, Socket to) {
        try (InputStream in = from.getInputStream();
                OutputStream out = to.getOutputStream()) {
            in.transferTo(out);
        } catch (IOException cut) {
            // one of the two has gone
        } finally {
            drop(from, to);
        }
    }

    private void drop(Socket... sockets) {
        for (var socket : sockets) {
            open.remove(socket);
            try {
                socket.close();
            } catch (IOException gone) {
                // so it is
            }
        }
    }

    @Override
    public void close() throws IOException {
        fecha();
    }
}
