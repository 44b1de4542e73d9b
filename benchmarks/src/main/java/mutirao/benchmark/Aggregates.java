package mutirao.benchmark;

import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import mutirao.benchmark.Figure.Bar;
import mutirao.benchmark.Server.Database;
import mutirao.ticket.api.Prioridade;
import mutirao.ticket.api.TicketEvent.TicketComentado;
import mutirao.ticket.api.TicketEvent.TicketCriado;
import mutirao.ticket.api.TicketId;

/// (c) A comment on tickets that have had 1, 100 or 10,000 events, over HTTP to the command side alone. Cold: the
/// first command on a ticket since the process started, 49 events after the ticket's last snapshot. Warm: the next
/// ones.
final class Aggregates {
    private static final List<Integer> SIZES = List.of(1, 100, 10_000);
    /// Events after the last snapshot: the middle of what they can be when there is one every hundred.
    private static final int TAIL = 49;
    private static final int ROUNDS = 5;
    private static final UUID SOMEBODY = new UUID(0, 1);
    private static final Instant BEGIN = Instant.parse("2024-05-06T12:00:00Z");

    private final Lab lab;
    private final Random random;
    private final Map<Integer, List<TicketId>> tickets = new TreeMap<>();
    private final Map<Integer, List<TicketId>> others = new TreeMap<>();

    private Aggregates(Lab lab) {
        this.lab = lab;
        this.random = new Random(lab.options.seed());
    }

    static void run(Lab lab) throws IOException, SQLException, InterruptedException {
        var database = lab.empty("aggregates");
        new Aggregates(lab).run(database);
        lab.server.drop(database);
    }

    private void run(Database database) throws IOException, SQLException, InterruptedException {
        var many = lab.options.amount(24, 6, 1);
        for (int size : SIZES) {
            tickets.put(size, ids(many));
            others.put(size, ids(2));
        }
        begin(database);
        var snapshots = snapshots(database);
        end(database);
        var cold = nanos();
        var warm = nanos();
        try (var program = lab.program.commands(database);
                var http = program.http()) {
            warmUp(http);
            comment(http, cold);
            for (int i = 0; i < ROUNDS; i++) {
                comment(http, warm);
            }
        }
        add("cold", cold, "%d tickets each, %.0f with a snapshot".formatted(many, snapshots));
        add("warm", warm, "%d commands on each of them".formatted(ROUNDS));
    }

    private static Map<Integer, Nanos> nanos() {
        var nanos = new TreeMap<Integer, Nanos>();
        SIZES.forEach(size -> nanos.put(size, new Nanos()));
        return nanos;
    }

    private List<TicketId> ids(int count) {
        var ids = new ArrayList<TicketId>();
        for (int i = 0; i < count; i++) {
            ids.add(new TicketId(new UUID(random.nextLong(), random.nextLong())));
        }
        return ids;
    }

    private interface Each {
        void of(int size, TicketId ticket) throws IOException;
    }

    private void all(Each work) throws IOException {
        for (int size : SIZES) {
            for (var list : List.of(tickets.getOrDefault(size, List.of()), others.getOrDefault(size, List.of()))) {
                for (var ticket : list) {
                    work.of(size, ticket);
                }
            }
        }
    }

    /// All but the tail of the long ones.
    private void begin(Database database) throws IOException, SQLException {
        try (var copy = new EventCopy(database, 1)) {
            all((size, ticket) -> {
                var due = BEGIN.plus(Duration.ofDays(3));
                copy.write(
                        new TicketCriado(
                                ticket,
                                "Sem notícia",
                                "Onde está?",
                                "logistica",
                                Prioridade.BAIXA,
                                SOMEBODY,
                                null,
                                due),
                        BEGIN);
                for (int version = 1; version < first(size); version++) {
                    copy.write(comment(ticket, version), BEGIN.plusSeconds(version));
                }
            });
        }
        Lab.settle(database);
    }

    private static int first(int size) {
        return size > 2 * TAIL + 2 ? size - TAIL - 1 : size;
    }

    private static TicketComentado comment(TicketId ticket, int version) {
        return new TicketComentado(ticket, "Liguei de novo, ninguém atende (" + version + ").", SOMEBODY);
    }

    /// Lets the program take its snapshots, by a command on each of the long ones.
    private double snapshots(Database database) throws IOException, SQLException, InterruptedException {
        var wanted = 0;
        try (var program = lab.program.commands(database);
                var http = program.http()) {
            for (int size : SIZES) {
                if (first(size) == size) {
                    continue;
                }
                for (var list : List.of(tickets.getOrDefault(size, List.of()), others.getOrDefault(size, List.of()))) {
                    for (var ticket : list) {
                        http.send(request(ticket)).with(200);
                        wanted++;
                    }
                }
            }
            var until = System.nanoTime() + Duration.ofSeconds(60).toNanos();
            while (System.nanoTime() < until && taken(database) < wanted) {
                TimeUnit.MILLISECONDS.sleep(100);
            }
        }
        return taken(database);
    }

    private static double taken(Database database) throws SQLException {
        return database.number("select count(distinct aggregate_identifier) from snapshot_event");
    }

    /// The tail of the long ones, after the command that led to their snapshot.
    private void end(Database database) throws IOException, SQLException {
        try (var copy = new EventCopy(database, 2)) {
            all((size, ticket) -> {
                for (int version = first(size) + 1; version < size; version++) {
                    copy.write(comment(ticket, version), BEGIN.plusSeconds(version), version);
                }
            });
        }
        Lab.settle(database);
    }

    private static byte[] request(TicketId ticket) {
        return Http.request(
                "POST", "/api/tickets/" + ticket.value() + "/comentarios", "{\"text\": \"Chegou, obrigada!\"}");
    }

    /// On tickets of each size that are not measured.
    private void warmUp(Http http) throws IOException {
        var until = System.nanoTime()
                + Duration.ofSeconds(lab.options.amount(15, 5, 1)).toNanos();
        while (System.nanoTime() < until) {
            for (var list : others.values()) {
                for (var ticket : list) {
                    http.send(request(ticket)).with(200);
                }
            }
        }
    }

    /// One on each, in random order.
    private void comment(Http http, Map<Integer, Nanos> into) throws IOException {
        record Turn(TicketId ticket, Nanos into) {}
        var turns = new ArrayList<Turn>();
        tickets.forEach((size, list) -> {
            var nanos = into.getOrDefault(size, new Nanos());
            list.forEach(ticket -> turns.add(new Turn(ticket, nanos)));
        });
        Collections.shuffle(turns, random);
        for (var turn : turns) {
            var request = request(turn.ticket());
            var begin = System.nanoTime();
            http.send(request).with(200);
            turn.into().add(System.nanoTime() - begin);
        }
    }

    private void add(String how, Map<Integer, Nanos> nanos, String note) {
        var one = nanos.getOrDefault(1, new Nanos());
        for (int size : SIZES.subList(1, SIZES.size())) {
            var those = nanos.getOrDefault(size, new Nanos());
            lab.report.add(new Figure(
                    "c",
                    "%,d events, %s, p50".formatted(size, how),
                    those.millis(0.5),
                    one.millis(0.5),
                    "ms",
                    "1 event, " + how,
                    size == 10_000 ? Bar.atMost(1.2) : null,
                    "p90 %.1f against %.1f ms; %s".formatted(those.millis(0.9), one.millis(0.9), note)));
        }
    }
}
