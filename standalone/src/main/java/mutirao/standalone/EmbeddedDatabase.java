package mutirao.standalone;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import mutirao.platform.start.StartFailure;
import org.postgresql.ds.PGSimpleDataSource;

/// A PostgreSQL that belongs to this process: started for it, started again if it dies, stopped with it, its data kept
/// in between.
final class EmbeddedDatabase implements AutoCloseable {
    private final DataDir home;
    private final Cluster cluster;
    private final int port;
    private final String password;
    private final Supervisor supervisor;

    private EmbeddedDatabase(DataDir home, Cluster cluster) throws IOException, SQLException {
        this.home = home;
        this.cluster = cluster;
        this.password = cluster.password();
        this.port = cluster.start();
        try {
            prepare();
        } catch (SQLException | RuntimeException e) {
            cluster.stop();
            throw e;
        }
        this.supervisor = new Supervisor(new Supervisor.Server() {
            @Override
            public boolean alive() throws IOException {
                return cluster.alive();
            }

            @Override
            public void restart() throws IOException {
                EmbeddedDatabase.this.restart();
            }
        });
    }

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
            return new EmbeddedDatabase(home, Cluster.in(home));
        } catch (SQLException e) {
            home.close();
            throw refused(home, e);
        } catch (IOException | RuntimeException e) {
            home.close();
            throw e;
        }
    }

    /// Changes with every start, not when it has died and been started again.
    String url() {
        return Cluster.url(port);
    }

    /// A superuser.
    String user() {
        return Cluster.NAME;
    }

    /// Generated once and kept in the data directory.
    String password() {
        return password;
    }

    DataDir home() {
        return home;
    }

    /// What a start makes sure of can have changed since.
    private void restart() throws IOException {
        cluster.restart(port);
        try {
            requireDurability();
        } catch (SQLException e) {
            cluster.stop();
            throw refused(home, e);
        } catch (RuntimeException e) {
            cluster.stop();
            throw e;
        }
    }

    /// Ends every session, waits for the server to end, and lets go of the directory.
    @Override
    public void close() throws IOException {
        try (home) {
            supervisor.close();
            cluster.stop();
        }
    }

    /// Without the password.
    @Override
    public String toString() {
        return url();
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
        source.setUrl(url());
        source.setDatabaseName(name);
        source.setUser(user());
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
