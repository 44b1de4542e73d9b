package mutirao.benchmark;

import static java.util.Objects.requireNonNullElse;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.postgresql.ds.PGSimpleDataSource;

/// The one PostgreSQL server that a run measures everything on: an embedded one with the settings of the standalone
/// program (but more connections), or somebody's own. Its databases are thrown away at the end.
final class Server implements AutoCloseable {
    private static final String PREFIX = "mutirao_bench_";

    private final @Nullable EmbeddedPostgres embedded;
    private final PGSimpleDataSource admin;
    private final Set<String> databases = new LinkedHashSet<>();

    private Server(@Nullable EmbeddedPostgres embedded, PGSimpleDataSource admin) {
        this.embedded = embedded;
        this.admin = admin;
    }

    /// @param dir where the embedded one keeps its files
    static Server start(@Nullable String url, Path dir) throws IOException {
        var admin = new PGSimpleDataSource();
        if (url != null) {
            admin.setUrl(url);
            return new Server(null, admin);
        }
        var embedded = EmbeddedPostgres.builder()
                .setDataDirectory(dir)
                .setCleanDataDirectory(true)
                .setPGStartupWait(Duration.ofSeconds(60))
                .setServerConfig("fsync", "on")
                .setServerConfig("synchronous_commit", "on")
                .setServerConfig("full_page_writes", "on")
                .setServerConfig("shared_buffers", "128MB")
                .setServerConfig("max_connections", "200")
                .setServerConfig("timezone", "UTC")
                .start();
        admin.setUrl("jdbc:postgresql://127.0.0.1:" + embedded.getPort() + "/postgres");
        admin.setUser("postgres");
        return new Server(embedded, admin);
    }

    /// A database of this server.
    record Database(String name, String host, int port, String user, String password) {
        String url() {
            return "jdbc:postgresql://" + host + ":" + port + "/" + name;
        }

        Connection connect() throws SQLException {
            var source = new PGSimpleDataSource();
            source.setUrl(url());
            source.setUser(user);
            source.setPassword(password);
            return source.getConnection();
        }

        void execute(String sql) throws SQLException {
            try (var connection = connect();
                    var statement = connection.createStatement()) {
                statement.execute(sql);
            }
        }

        double number(String sql) throws SQLException {
            try (var connection = connect();
                    var statement = connection.createStatement();
                    var row = statement.executeQuery(sql)) {
                row.next();
                return row.getDouble(1);
            }
        }
    }

    /// An empty database.
    Database fresh(String name) throws SQLException {
        return create(name, "template1");
    }

    /// A database with what another holds, to which nobody is connected.
    Database copy(String name, Database of) throws SQLException {
        return create(name, of.name());
    }

    private Database create(String name, String template) throws SQLException {
        var full = PREFIX + name;
        admin("drop database if exists " + full + " with (force)");
        admin("create database " + full + " template " + template);
        databases.add(full);
        return new Database(
                full,
                admin.getServerNames()[0],
                admin.getPortNumbers()[0] == 0 ? 5432 : admin.getPortNumbers()[0],
                requireNonNullElse(admin.getUser(), "postgres"),
                requireNonNullElse(admin.getPassword(), ""));
    }

    /// Forgets a database early, when it would only take room.
    void drop(Database database) throws SQLException {
        admin("drop database if exists " + database.name() + " with (force)");
        databases.remove(database.name());
    }

    private void admin(String sql) throws SQLException {
        try (var connection = admin.getConnection();
                var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    /// The settings that the figures depend on.
    Map<String, String> settings() throws SQLException {
        var settings = new LinkedHashMap<String, String>();
        try (var connection = admin.getConnection();
                var statement = connection.createStatement();
                var rows = statement.executeQuery("""
                        select name, current_setting(name) from pg_settings
                        where name in ('server_version', 'fsync', 'synchronous_commit', 'full_page_writes',
                            'shared_buffers', 'max_connections', 'wal_level', 'max_wal_size', 'checkpoint_timeout',
                            'commit_delay', 'wal_compression', 'data_checksums', 'effective_io_concurrency')
                        order by name <> 'server_version', name
                        """)) {
            while (rows.next()) {
                settings.put(rows.getString(1), rows.getString(2));
            }
        }
        return settings;
    }

    @Override
    public void close() throws IOException {
        try {
            for (var database : databases) {
                if (embedded == null) {
                    admin("drop database if exists " + database + " with (force)");
                }
            }
        } catch (SQLException e) {
            throw new IOException("databases " + databases + " could not be dropped", e);
        } finally {
            if (embedded != null) {
                embedded.close();
            }
        }
    }
}
