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
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import mutirao.api.Categoria;
import mutirao.api.Item;
import mutirao.api.Local;
import mutirao.api.Titular;
import mutirao.benchmark.Figure.Bar;
import mutirao.benchmark.Server.Database;
import mutirao.oferta.api.OfertaEvent.OfertaPublicada;
import mutirao.oferta.api.OfertaEvent.OfertaReservada;
import mutirao.oferta.api.OfertaEvent.ReservaCancelada;
import mutirao.oferta.api.OfertaEvent.ReservaExpirada;
import mutirao.oferta.api.OfertaId;

/// (c) A hold on offers that have had none or 10,000 that have ended, half of them made by hand and half by deliveries,
/// over HTTP to the command side alone. Each is cancelled again.
final class Holds {
    private static final int ENDED = 10_000;
    private static final UUID SOMEBODY = new UUID(0, 1);
    private static final Instant BEGIN = Instant.parse("2024-05-06T12:00:00Z");
    private static final Instant END = Instant.parse("2999-01-01T00:00:00Z");
    private static final List<Item> WATER = List.of(new Item("Água", 1_000_000, "litro"));
    private static final List<Item> ONE = List.of(new Item("Água", 1, "litro"));

    private final Lab lab;
    private final Random random;

    private Holds(Lab lab) {
        this.lab = lab;
        this.random = new Random(lab.options.seed());
    }

    static void run(Lab lab) throws IOException, SQLException, InterruptedException {
        var database = lab.empty("holds");
        new Holds(lab).run(database);
        lab.server.drop(database);
    }

    private void run(Database database) throws IOException, SQLException, InterruptedException {
        var fresh = ids();
        var used = ids();
        begin(database, fresh, used);
        var those = new Nanos();
        var others = new Nanos();
        try (var program = lab.program.commands(database);
                var http = program.http()) {
            snapshots(http, database, used);
            warmUp(http, fresh.getFirst(), used.getFirst());
            for (int round = 0; round < lab.options.amount(40, 15, 1); round++) {
                hold(http, Map.of(used, those, fresh, others));
            }
        }
        lab.report.add(new Figure(
                "c",
                "a hold on an offer with %,d ended ones, p50".formatted(ENDED),
                those.millis(0.5),
                others.millis(0.5),
                "ms",
                "with none",
                Bar.atMost(1.2),
                "p90 %.1f against %.1f ms; %d offers each"
                        .formatted(those.millis(0.9), others.millis(0.9), used.size())));
    }

    private List<OfertaId> ids() {
        var ids = new ArrayList<OfertaId>();
        for (int i = 0; i < lab.options.amount(8, 3, 1); i++) {
            ids.add(new OfertaId(uuid()));
        }
        return ids;
    }

    private UUID uuid() {
        return new UUID(random.nextLong(), random.nextLong());
    }

    private void begin(Database database, List<OfertaId> fresh, List<OfertaId> used) throws IOException, SQLException {
        try (var copy = new EventCopy(database, 1)) {
            for (var id : fresh) {
                copy.write(published(id), BEGIN);
            }
            for (var id : used) {
                copy.write(published(id), BEGIN);
                for (int i = 0; i < ENDED; i++) {
                    var hold = uuid();
                    var delivery = i % 2 == 0 ? null : new Titular(hold);
                    var at = BEGIN.plusSeconds(i);
                    copy.write(new OfertaReservada(id, hold, SOMEBODY, ONE, at.plusSeconds(900), delivery), at);
                    copy.write(
                            delivery == null
                                    ? new ReservaCancelada(id, hold, ONE, null)
                                    : new ReservaExpirada(id, hold, ONE, delivery),
                            at.plusSeconds(900));
                }
            }
        }
        Lab.settle(database);
    }

    private static OfertaPublicada published(OfertaId id) {
        return new OfertaPublicada(
                id, Categoria.AGUA, WATER, SOMEBODY, new Local("Ginásio", null, null), END, Map.of());
    }

    /// Lets the program take its snapshots, by a command on each of the long ones.
    private void snapshots(Http http, Database database, List<OfertaId> used)
            throws IOException, SQLException, InterruptedException {
        for (var id : used) {
            hold(http, id);
        }
        var until = System.nanoTime() + Duration.ofSeconds(60).toNanos();
        while (System.nanoTime() < until
                && database.number("select count(distinct aggregate_identifier) from snapshot_event") < used.size()) {
            TimeUnit.MILLISECONDS.sleep(100);
        }
    }

    private void warmUp(Http http, OfertaId one, OfertaId other) throws IOException {
        var until = System.nanoTime()
                + Duration.ofSeconds(lab.options.amount(15, 5, 1)).toNanos();
        while (System.nanoTime() < until) {
            hold(http, one);
            hold(http, other);
        }
    }

    /// One on each, in random order.
    private void hold(Http http, Map<List<OfertaId>, Nanos> offers) throws IOException {
        record Turn(OfertaId offer, Nanos into) {}
        var turns = new ArrayList<Turn>();
        offers.forEach((ids, into) -> ids.forEach(id -> turns.add(new Turn(id, into))));
        Collections.shuffle(turns, random);
        for (var turn : turns) {
            turn.into().add(hold(http, turn.offer()));
        }
    }

    /// @return how long it took to hold, in nanoseconds
    private long hold(Http http, OfertaId offer) throws IOException {
        var hold = uuid();
        var path = "/api/ofertas/" + offer.value() + "/reservas";
        var request = Http.request(
                "POST",
                path,
                "{\"reservaId\": \"%s\", \"volunteerId\": \"%s\", \"items\": [{\"item\": \"Água\", \"quantity\": 1}]}"
                        .formatted(hold, SOMEBODY));
        var begin = System.nanoTime();
        http.send(request).with(201);
        var took = System.nanoTime() - begin;
        http.send(Http.request("DELETE", path + "/" + hold, "")).with(200);
        return took;
    }
}
