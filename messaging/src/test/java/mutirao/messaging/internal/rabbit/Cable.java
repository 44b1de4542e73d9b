package mutirao.messaging.internal.rabbit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/// Between a transport and its broker, to be cut: both ends see their connections end without a word.
final class Cable implements AutoCloseable {
    private final URI broker;
    private final ServerSocket end;
    private final List<Socket> sockets = new CopyOnWriteArrayList<>();
    private volatile boolean cut;

    Cable(String broker) throws IOException {
        this.broker = URI.create(broker);
        this.end = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
        Thread.ofVirtual().start(this::accept);
    }

    String url() {
        return "amqp://" + broker.getUserInfo() + "@127.0.0.1:" + end.getLocalPort();
    }

    private void accept() {
        try {
            while (!end.isClosed()) {
                var here = end.accept();
                sockets.add(here);
                if (cut) {
                    here.close();
                } else {
                    var there = new Socket(broker.getHost(), broker.getPort());
                    sockets.add(there);
                    Thread.ofVirtual().start(() -> carry(here, there));
                    Thread.ofVirtual().start(() -> carry(there, here));
                }
            }
        } catch (IOException e) {
            cut();
        }
    }

    private static void carry(Socket from, Socket to) {
        try (from;
                to) {
            from.getInputStream().transferTo(to.getOutputStream());
        } catch (IOException e) {
            // cut
        }
    }

    void cut() {
        cut = true;
        sockets.forEach(socket -> {
            try {
                socket.close();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }

    void mend() {
        cut = false;
    }

    @Override
    public void close() throws IOException {
        end.close();
        cut();
    }
}
