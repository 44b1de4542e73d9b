package mutirao.standalone;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import org.postgresql.ds.PGSimpleDataSource;

/// A PostgreSQL that belongs to this process: started for it, stopped with it, its data kept in between.
///
/// @param url      changes with every start
/// @param user     a superuser
/// @param password generated once and kept in the data directory
record EmbeddedDatabase(String url, String user, String password, DataDir home, Cluster cluster)
        implements AutoCloseable {

    /// Returns when the database can be used.
    ///
    /// @throws StartFailure when it cannot be had in that directory, or would not keep what it has confirmed
    static EmbeddedDatabase start(Path dir) {
        try {
            return start(DataDir.hold(dir));
        } catch (IOException e) {
            throw StartFailure.unusable(dir.toAbsolutePath().normalize(), e);
        }
    }

    private static EmbeddedDatabase start(DataDir home) throws IOException {
        try {
            var cluster = Cluster.in(home);
            var database = new EmbeddedDatabase(cluster.start(), Cluster.NAME, cluster.password(), home, cluster);
            try {
                database.prepare();
                return database;
            } catch (SQLException | RuntimeException e) {
                cluster.stop();
                throw e;
            }
        } catch (SQLException e) {
            home.close();
            throw refused(home, e);
        } catch (IOException | RuntimeException e) {
            home.close();
            throw e;
        }
    }

    /// Ends every session, waits for the server to end, and lets go of the directory.
    @Override
    public void close() throws IOException {
        try (home) {
            cluster.stop();
        }
    }

    /// Without the password.
    @Override
    public String toString() {
        return url;
    }

    private void prepare() throws SQLException {
        try (var connection = connect("postgres");
                var statement = connection.createStatement()) {
            var existing = "select 1 from pg_database where datname = '" + Cluster.NAME + "'";
            boolean missing;
            try (var rows = statement.executeQuery(existing)) {
                missing = !rows.next();
            }
            if (missing) {
                statement.execute("create database " + Cluster.NAME);
            }
        }
        requireDurability();
    }

    /// Asked of a session like the application's: `alter system`, `alter role` and `alter database` can all switch
    /// these off.
    private void requireDurability() throws SQLException {
        try (var connection = connect(Cluster.NAME);
                var statement = connection.createStatement()) {
            for (var setting : new String[] {"fsync", "synchronous_commit", "full_page_writes"}) {
                try (var rows = statement.executeQuery("show " + setting)) {
                    if (!rows.next() || !rows.getString(1).equals("on")) {
                        throw new StartFailure(
                                "PostgreSQL's setting %s is not on: what it confirms could be lost.".formatted(setting),
                                "Remove it from %s, or from the role or the database it was set for."
                                        .formatted(home.resolve("postgres").resolve("postgresql.auto.conf")));
                    }
                }
            }
        }
    }

    private Connection connect(String name) throws SQLException {
        var source = new PGSimpleDataSource();
        source.setUrl(url);
        source.setDatabaseName(name);
        source.setUser(user);
        source.setPassword(password);
        return source.getConnection();
    }

    private static StartFailure refused(DataDir home, SQLException cause) {
        var wrongPassword = "28P01".equals(cause.getSQLState());
        var failure = new StartFailure(
                "PostgreSQL has started but refuses its work: " + cause.getMessage(),
                wrongPassword
                        ? "Put back the file postgres.password that belongs to " + home.resolve("postgres") + "."
                        : "See " + home.resolve("postgres.log") + ".");
        failure.initCause(cause);
        return failure;
    }
}
