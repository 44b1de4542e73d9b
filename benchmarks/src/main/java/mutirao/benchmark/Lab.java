package mutirao.benchmark;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import mutirao.benchmark.Server.Database;
import mutirao.necessidade.api.NecessidadeEvent.NecessidadeCriada;
import mutirao.necessidade.api.NovaNecessidade;
import mutirao.platform.eventstore.AxonJson;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/// What the sections of one run share. The databases are made when they are first asked for.
final class Lab {
    private static final JsonMapper JSON = AxonJson.mapper();

    final Options options;
    final Server server;
    final Program program;
    final Report report;
    final Path work;
    private @Nullable Database empty;
    private @Nullable Database flood;

    Lab(Options options, Server server, Program program, Report report, Path work) {
        this.options = options;
        this.server = server;
        this.program = program;
        this.report = report;
        this.work = work;
    }

    /// A measurement.
    interface Section {
        void run(Lab lab) throws Exception;
    }

    /// A database of the program in which nothing has happened.
    Database empty(String name) throws IOException, SQLException, InterruptedException {
        if (empty == null) {
            var made = server.fresh("empty");
            program.both(made).close();
            empty = made;
        }
        return server.copy(name, empty);
    }

    /// The database with the generated events, all of which its followers believe to have seen: no saga or deadline
    /// acts on them, and the projections' tables are empty until they are rebuilt.
    Database flood() throws IOException, SQLException, InterruptedException {
        if (flood == null) {
            var made = empty("flood");
            var begin = System.nanoTime();
            long count;
            try (var copy = new EventCopy(made, options.seed())) {
                var events = new Flood(options.data(), options.seed());
                for (int i = 0; i < options.floods(); i++) {
                    for (var each : events.next()) {
                        copy.write(each.event(), each.at());
                    }
                }
                count = copy.count();
            }
            settle(made);
            report.fact(
                    "events",
                    String.format(Locale.ROOT, "%,d of %d floods, seed %d", count, options.floods(), options.seed()));
            System.out.printf("  %,d events written in %.1f s%n", count, (System.nanoTime() - begin) / 1e9);
            flood = made;
        }
        return flood;
    }

    /// Lets the followers believe that they have seen every event, and the planner know the tables.
    static void settle(Database database) throws SQLException {
        database.execute("update follower set position = (select coalesce(max(global_index), 0) from domain_event)");
        database.execute("vacuum analyze");
    }

    /// Waits until the read models have caught up, so that they do not take from the next measurement.
    static void quiet(Database database) throws SQLException, InterruptedException {
        var until = System.nanoTime() + Duration.ofMinutes(2).toNanos();
        while (System.nanoTime() < until
                && database.number("select coalesce(max(global_index), 0) - (select min(position) from follower)"
                                + " from domain_event")
                        > 0) {
            TimeUnit.MILLISECONDS.sleep(100);
        }
    }

    /// Needs to ask for in the shape of the flood.
    ///
    /// @param named whether each brings its id
    List<NovaNecessidade> needs(int count, boolean named) throws IOException {
        var needs = new ArrayList<NovaNecessidade>();
        var events = new Flood(options.data(), options.seed() + 1);
        while (needs.size() < count) {
            for (var each : events.next()) {
                if (each.event() instanceof NecessidadeCriada e && needs.size() < count) {
                    needs.add(new NovaNecessidade(
                            named ? e.id().value() : null,
                            e.category(),
                            e.items(),
                            e.location(),
                            e.urgency(),
                            null,
                            e.metadata()));
                }
            }
        }
        return needs;
    }

    /// `POST /api/necessidades`
    static byte[] creation(NovaNecessidade need) {
        return Http.request("POST", "/api/necessidades", JSON.writeValueAsString(need));
    }
}
