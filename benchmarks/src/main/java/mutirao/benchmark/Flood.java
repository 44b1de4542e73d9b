package mutirao.benchmark;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.UUID;
import mutirao.api.Categoria;
import mutirao.api.Item;
import mutirao.api.Local;
import mutirao.benchmark.Shelter.Supply;
import mutirao.benchmark.Timeline.Timed;
import mutirao.necessidade.api.NecessidadeEvent.*;
import mutirao.necessidade.api.NecessidadeId;
import mutirao.necessidade.api.Urgencia;
import mutirao.oferta.api.OfertaEvent.OfertaPublicada;
import mutirao.oferta.api.OfertaId;
import mutirao.ticket.api.Prioridade;
import mutirao.ticket.api.Relacionado;
import mutirao.ticket.api.TicketEvent.*;
import mutirao.ticket.api.TicketId;

/// Events in the shape of a real flood: its shelters, what each lacked or had too much of, where and when, with what a
/// network would have made of it (deliveries of all outcomes, tickets). Each flood differs from the last in places,
/// times, quantities and outcomes; the same seed gives the same events.
final class Flood {
    private final List<Shelter> shelters;
    private final SplittableRandom random;
    private Timeline told;

    Flood(Path data, long seed) throws IOException {
        shelters = Shelter.read(data);
        random = new SplittableRandom(seed);
        told = new Timeline(random);
    }

    /// The events of the next flood, in the order of their times.
    List<Timed> next() {
        told = new Timeline(random);
        for (var shelter : shelters) {
            place(shelter);
        }
        return told.events();
    }

    private void place(Shelter shelter) {
        var local = jittered(shelter);
        var who = told.id();
        var groups = new LinkedHashMap<String, List<Supply>>();
        for (var supply : shelter.supplies()) {
            if (supply.priority() != 0) {
                var kind = supply.surplus() ? "offer" : "need";
                groups.computeIfAbsent(kind + supply.category(), _ -> new ArrayList<>())
                        .add(supply);
            }
        }
        groups.forEach((kind, supplies) -> {
            var at = shelter.at().plusMillis(random.nextLong(Duration.ofDays(2).toMillis()));
            if (kind.startsWith("offer")) {
                offer(at, supplies.getFirst().category(), items(supplies), local);
            } else {
                need(at, supplies, who, local);
            }
        });
        if (random.nextInt(100) < 15) {
            ticket(shelter.at().plusMillis(random.nextLong(Duration.ofDays(3).toMillis())), who);
        }
    }

    private Local jittered(Shelter shelter) {
        var latitude = shelter.latitude();
        var longitude = shelter.longitude();
        return latitude == null || longitude == null
                ? new Local(shelter.place(), null, null)
                : new Local(shelter.place(), told.near(latitude), told.near(longitude));
    }

    private List<Item> items(List<Supply> supplies) {
        var lines = new LinkedHashMap<String, Item>();
        for (var supply : supplies) {
            var quantity = supply.quantity() > 0 ? supply.quantity() : random.nextLong(1, 200);
            lines.putIfAbsent(Item.key(supply.name()), new Item(Item.spelling(supply.name()), quantity, "unidade"));
        }
        return List.copyOf(lines.values());
    }

    private void delivery(Instant at, NecessidadeId need, Categoria category, List<Item> items, Local local) {
        var goods = items.subList(0, random.nextInt(1, items.size() + 1));
        var offer = offer(at, category, goods, local);
        new Delivery(told, need, offer, goods, local).tell(at);
    }

    private OfertaId offer(Instant at, Categoria category, List<Item> items, Local local) {
        var offer = new OfertaId(told.id());
        told.add(
                at,
                new OfertaPublicada(
                        offer,
                        category,
                        items,
                        told.id(),
                        local,
                        at.plus(Duration.ofDays(30)),
                        Map.of("source", "sos-rs")));
        return offer;
    }

    private void need(Instant at, List<Supply> supplies, UUID who, Local local) {
        var need = new NecessidadeId(told.id());
        var items = items(supplies);
        var category = supplies.getFirst().category();
        var urgent = supplies.stream().anyMatch(Supply::urgent);
        var until = random.nextInt(10) == 0 ? at.plus(Duration.ofDays(7)) : null;
        var urgency = urgent ? Urgencia.CRITICA : random.nextBoolean() ? Urgencia.ALTA : Urgencia.MEDIA;
        told.add(
                at,
                new NecessidadeCriada(need, category, items, local, who, urgency, until, Map.of("source", "sos-rs")));
        if (random.nextInt(100) < 75) {
            delivery(told.after(at, 600), need, category, items, local);
        } else if (until != null) {
            told.add(until, new NecessidadeExpirada(need, until));
        } else if (random.nextInt(4) == 0) {
            told.add(told.after(at, 3000), new NecessidadeCancelada(need, "não precisamos mais", List.of()));
        }
    }

    private void ticket(Instant at, UUID who) {
        var ticket = new TicketId(told.id());
        var due = at.plus(Duration.ofHours(24));
        told.add(
                at,
                new TicketCriado(
                        ticket,
                        "Entrega não chegou",
                        "O caminhão saiu ontem e ninguém sabe onde está.",
                        "logistica",
                        List.of(Prioridade.values()).get(random.nextInt(4)),
                        who,
                        random.nextBoolean() ? new Relacionado(Relacionado.Tipo.NECESSIDADE, told.id()) : null,
                        due));
        var technician = told.id();
        at = told.after(at, 60);
        told.add(at, new TicketAtribuido(ticket, technician, null));
        for (int n = random.nextInt(1, 5); n > 0; n--) {
            at = told.after(at, 120);
            told.add(
                    at,
                    new TicketComentado(ticket, "Liguei para o voluntário, volta a ligar às " + n + " horas.", who));
        }
        if (at.isAfter(due)) {
            told.add(at, new TicketAtrasado(ticket, due));
        }
        if (random.nextInt(10) < 8) {
            told.add(told.after(at, 60), new TicketFechado(ticket, "Chegou à noite."));
        }
    }
}
