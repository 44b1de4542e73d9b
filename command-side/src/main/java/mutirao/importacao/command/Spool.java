package mutirao.importacao.command;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import mutirao.platform.rest.Problem;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpStatus;

/// A request's body on disk. Answering begins only when it has come in whole: a client that sends before it reads would
/// otherwise block itself and the server. The system removes the file when it is closed, also when the process dies.
final class Spool implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Spool.class);
    private static final int BUFFER = 1 << 16;
    /// What is left to the database, which may be on the same disk: no sender of files stops everybody's commands.
    private static final long LEFT = 256L << 20;

    private final FileChannel file;
    private final FileStore disk;

    private Spool(Path path) throws IOException {
        this.disk =
                Files.getFileStore(path.toAbsolutePath().getParent()); // the file itself has no name once it is open
        this.file = FileChannel.open(
                path, StandardOpenOption.READ, StandardOpenOption.WRITE, StandardOpenOption.DELETE_ON_CLOSE);
    }

    /// Takes a body in.
    ///
    /// @throws Problem 507 when the disk is full or nearly so, 400 when the body breaks off or is empty
    static Spool of(InputStream body) {
        var spool = temporary();
        try {
            if (copy(body, spool.file, spool.disk::getUsableSpace) == 0) {
                throw new Problem(HttpStatus.BAD_REQUEST, "INVALID", "o corpo está vazio", List.of());
            }
            return spool;
        } catch (IOException e) {
            spool.close();
            throw full(e);
        } catch (RuntimeException e) {
            spool.close();
            throw e;
        }
    }

    private static Spool temporary() {
        try {
            return new Spool(Files.createTempFile("mutirao-importacao-", ".tmp"));
        } catch (IOException e) {
            throw full(e);
        }
    }

    /// How many bytes there are still free where it is written to.
    @FunctionalInterface
    interface Free {
        long bytes() throws IOException;
    }

    /// Copies all of it.
    ///
    /// @return how many bytes there were
    /// @throws Problem     400 when the source breaks off
    /// @throws IOException when the target takes no more, or would leave too little to others
    static long copy(InputStream source, WritableByteChannel target, Free free) throws IOException {
        var buffer = new byte[BUFFER];
        long copied = 0;
        for (int read = read(source, buffer); read >= 0; read = read(source, buffer)) {
            if (free.bytes() < LEFT) {
                throw new IOException("less than %d MiB are free".formatted(LEFT >> 20));
            }
            for (var rest = ByteBuffer.wrap(buffer, 0, read); rest.hasRemaining(); ) {
                copied += target.write(rest);
            }
        }
        return copied;
    }

    private static int read(InputStream source, byte[] buffer) {
        try {
            return source.read(buffer);
        } catch (IOException e) {
            LOG.info("the body of an import broke off", e);
            throw new Problem(HttpStatus.BAD_REQUEST, "INVALID", "o corpo acabou antes do fim", List.of());
        }
    }

    private static Problem full(IOException e) {
        LOG.warn("an import cannot be kept on disk", e);
        return Importacao.noRoom();
    }

    /// The body from its beginning. What was given before then gives nothing sensible any more.
    InputStream read() throws IOException {
        file.position(0);
        return Channels.newInputStream(file);
    }

    @Override
    public void close() {
        try {
            file.close();
        } catch (IOException e) {
            LOG.warn("the file of an import cannot be closed", e);
        }
    }
}
