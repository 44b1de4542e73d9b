package mutirao.benchmark;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// One HTTP/1.1 connection on loopback, kept as long as the server keeps it (Tomcat: 100 requests), and as little
/// client as can be, since it shares the machine with
/// what it measures. Not thread-safe.
final class Http implements AutoCloseable {
    private static final JsonMapper JSON = JsonMapper.shared();

    private final int port;
    private final Pass pass;
    private Socket socket;
    private InputStream in;
    private boolean closing;

    /// @param pass put into every request when it is sent
    Http(int port, Pass pass) throws IOException {
        this.port = port;
        this.pass = pass;
        socket = new Socket();
        in = InputStream.nullInputStream();
        connect();
    }

    private void connect() throws IOException {
        socket = new Socket(InetAddress.ofLiteral("127.0.0.1"), port);
        socket.setTcpNoDelay(true);
        socket.setSoTimeout(60_000);
        in = new BufferedInputStream(socket.getInputStream(), 16 * 1024);
    }

    /// What came back.
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Answer(int status, byte[] body) {
        JsonNode json() {
            return JSON.readTree(body);
        }

        /// Itself, if its status is this.
        Answer with(int expected) {
            if (status != expected) {
                throw new IllegalStateException(
                        status + " instead of " + expected + ": " + new String(body, StandardCharsets.UTF_8));
            }
            return this;
        }
    }

    Answer get(String path) throws IOException {
        return send(request("GET", path, ""));
    }

    Answer post(String path, String body) throws IOException {
        return send(request("POST", path, body));
    }

    /// A request as it is written, but for the pass.
    static byte[] request(String method, String path, String body) {
        var bytes = body.getBytes(StandardCharsets.UTF_8);
        var type = body.isEmpty() ? "" : "Content-Type: application/json\r\n";
        var head = method + " " + path + " HTTP/1.1\r\nHost: localhost\r\n" + type + "Content-Length: " + bytes.length
                + "\r\n\r\n";
        var out = new ByteArrayOutputStream();
        out.writeBytes(head.getBytes(StandardCharsets.US_ASCII));
        out.writeBytes(bytes);
        return out.toByteArray();
    }

    Answer send(byte[] request) throws IOException {
        if (closing) {
            socket.close();
            connect();
            closing = false;
        }
        socket.getOutputStream().write(passing(request));
        var status = Integer.parseInt(line().substring(9, 12));
        var length = 0;
        var chunked = false;
        for (var header = line(); !header.isEmpty(); header = line()) {
            var lower = header.toLowerCase(Locale.ROOT);
            if (lower.startsWith("content-length:")) {
                length = Integer.parseInt(lower.substring(15).strip());
            } else if (lower.startsWith("transfer-encoding:")) {
                chunked = lower.contains("chunked");
            } else if (lower.startsWith("connection:")) {
                closing = lower.contains("close");
            }
        }
        return new Answer(status, chunked ? chunks() : in.readNBytes(length));
    }

    /// With the pass after the request's first line.
    private byte[] passing(byte[] request) throws IOException {
        var header = pass.header();
        var first = 0;
        while (request[first++] != '\n') {}
        var out = ByteBuffer.allocate(request.length + header.length);
        return out.put(request, 0, first)
                .put(header)
                .put(request, first, request.length - first)
                .array();
    }

    private byte[] chunks() throws IOException {
        var body = new ByteArrayOutputStream();
        while (true) {
            var length = Integer.parseInt(line().strip(), 16);
            body.writeBytes(in.readNBytes(length));
            line();
            if (length == 0) {
                return body.toByteArray();
            }
        }
    }

    private String line() throws IOException {
        var line = new StringBuilder();
        while (true) {
            var c = in.read();
            if (c < 0) {
                throw new EOFException("the connection was closed");
            }
            if (c == '\n') {
                return line.toString();
            }
            if (c != '\r') {
                line.append((char) c);
            }
        }
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
