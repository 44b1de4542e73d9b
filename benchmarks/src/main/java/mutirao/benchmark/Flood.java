package mutirao.benchmark;

import static java.util.Objects.requireNonNullElse;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.UUID;
import mutirao.api.Categoria;
import mutirao.api.DomainEvent;
import mutirao.api.Item;
import mutirao.api.Local;
import mutirao.api.Quantia;
import mutirao.entrega.api.EntregaEvent.*;
import mutirao.entrega.api.EntregaId;
import mutirao.entrega.api.Passo;
import mutirao.necessidade.api.NecessidadeEvent.*;
import mutirao.necessidade.api.NecessidadeId;
import mutirao.necessidade.api.Urgencia;
import mutirao.oferta.api.OfertaEvent.*;
import mutirao.oferta.api.OfertaId;
import mutirao.ticket.api.Prioridade;
import mutirao.ticket.api.Relacionado;
import mutirao.ticket.api.TicketEvent.*;
import mutirao.ticket.api.TicketId;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Events in the shape of a real flood: its shelters, what each lacked or had too much of, where and when, with what a
/// network would have made of it (deliveries of all outcomes, tickets). Each flood differs from the last in places,
/// times, quantities and outcomes; the same seed gives the same events.
final class Flood {
    private static final Map<String, Categoria> CATEGORIES = Map.of(
            "Alimentos e Água", Categoria.ALIMENTO,
            "Higiene Pessoal", Categoria.HIGIENE,
            "Material de Limpeza", Categoria.HIGIENE,
            "Vestuário", Categoria.ROUPA,
            "Medicamentos", Categoria.MEDICAMENTO,
            "Acomodações e Descanso", Categoria.ABRIGO,
            "Mobílias", Categoria.ABRIGO,
            "Veículos de Resgate e Transporte", Categoria.TRANSPORTE);
    private static final int SURPLUS = 1;
    private static final int URGENT = 100;

    private final List<Shelter> shelters;
    private final SplittableRandom random;
    private List<Timed> events = new ArrayList<>();

    private record Shelter(
            String place,
            @Nullable Double latitude,
            @Nullable Double longitude,
            Instant at,
            List<Supply> supplies) {}

    private record Supply(String name, Categoria category, int priority, long quantity) {}

    /// An event and when it was recorded.
    record Timed(Instant at, DomainEvent event) {}

    Flood(Path data, long seed) throws IOException {
        var json = JsonMapper.shared();
        try (var lines = Files.lines(data)) {
            shelters = lines.map(json::readTree).map(Flood::shelter).toList();
        }
        random = new SplittableRandom(seed);
    }

    private static Shelter shelter(JsonNode line) {
        var supplies = new ArrayList<Supply>();
        for (var supply : line.get("supplies")) {
            var name = supply.get("supply").asString();
            if (!name.isBlank()) {
                supplies.add(new Supply(
                        name,
                        CATEGORIES.getOrDefault(supply.get("category").asString(), Categoria.OUTRO),
                        supply.get("priority").asInt(),
                        supply.path("quantity").asLong(0)));
            }
        }
        var where = line.path("neighbourhood").asString("") + " "
                + line.path("city").asString("");
        return new Shelter(
                where.isBlank() ? "Abrigo" : where.strip(),
                degrees(line.path("latitude")),
                degrees(line.path("longitude")),
                Instant.parse(line.get("createdAt").asString()),
                supplies);
    }

    private static @Nullable Double degrees(JsonNode value) {
        return value.isNumber() ? value.asDouble() : null;
    }

    /// The events of the next flood, in the order of their times.
    List<Timed> next() {
        events = new ArrayList<>();
        for (var shelter : shelters) {
            place(shelter);
        }
        events.sort(Comparator.comparing(Timed::at));
        return events;
    }

    private void place(Shelter shelter) {
        var local = jittered(shelter);
        var who = id();
        var groups = new LinkedHashMap<String, List<Supply>>();
        for (var supply : shelter.supplies()) {
            if (supply.priority() != 0) {
                var kind = supply.priority() == SURPLUS ? "offer" : "need";
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
                : new Local(shelter.place(), near(latitude), near(longitude));
    }

    /// About a kilometre, in steps of ten metres.
    private double near(double degrees) {
        return Math.round((degrees + random.nextDouble(-0.01, 0.01)) * 1e4) / 1e4;
    }

    private List<Item> items(List<Supply> supplies) {
        var lines = new LinkedHashMap<String, Item>();
        for (var supply : supplies) {
            var quantity = supply.quantity() > 0 ? supply.quantity() : random.nextLong(1, 200);
            lines.putIfAbsent(Item.key(supply.name()), new Item(Item.spelling(supply.name()), quantity, "unidade"));
        }
        return List.copyOf(lines.values());
    }

    private OfertaId offer(Instant at, Categoria category, List<Item> items, Local local) {
        var offer = new OfertaId(id());
        add(
                at,
                new OfertaPublicada(
                        offer, category, items, id(), local, at.plus(Duration.ofDays(30)), Map.of("source", "sos-rs")));
        return offer;
    }

    private void need(Instant at, List<Supply> supplies, UUID who, Local local) {
        var need = new NecessidadeId(id());
        var items = items(supplies);
        var category = supplies.getFirst().category();
        var urgent = supplies.stream().anyMatch(supply -> supply.priority() == URGENT);
        var until = random.nextInt(10) == 0 ? at.plus(Duration.ofDays(7)) : null;
        var urgency = urgent ? Urgencia.CRITICA : random.nextBoolean() ? Urgencia.ALTA : Urgencia.MEDIA;
        add(at, new NecessidadeCriada(need, category, items, local, who, urgency, until, Map.of("source", "sos-rs")));
        if (random.nextInt(100) < 75) {
            delivery(after(at, 600), need, category, items, local);
        } else if (until != null) {
            add(until, new NecessidadeExpirada(need, until));
        } else if (random.nextInt(4) == 0) {
            add(after(at, 3000), new NecessidadeCancelada(need, "não precisamos mais", List.of()));
        }
    }

    private void delivery(Instant begin, NecessidadeId need, Categoria category, List<Item> items, Local local) {
        var goods = items.subList(0, random.nextInt(1, items.size() + 1));
        var offer = offer(begin, category, goods, local);
        var delivery = new EntregaId(id());
        var volunteer = id();
        var asked = goods.stream()
                .map(item -> new Quantia(item.item(), item.quantity()))
                .toList();
        var at = after(begin, 120);
        add(at, new EntregaSolicitada(delivery, offer, need, volunteer, asked, delivery.value()));
        var accept = at.plus(Duration.ofMinutes(15));
        at = at.plusMillis(40);
        add(at, new OfertaReservada(offer, delivery.value(), volunteer, goods, accept.plusSeconds(60), delivery));
        at = at.plusMillis(40);
        add(at, new NecessidadeComprometida(need, delivery, goods));
        at = at.plusMillis(40);
        add(at, new AssignmentCriado(delivery, volunteer, accept));
        at = at.plusMillis(40);
        add(at, new VoluntarioNotificado(delivery, volunteer));
        var fate = random.nextInt(100);
        if (fate < 8) {
            at = after(at, 10);
            add(at, new EntregaRecusada(delivery, volunteer, "sem carro hoje"));
            released(at, need, offer, delivery, goods, false);
        } else if (fate < 14) {
            add(accept, new EntregaFalhou(delivery, Passo.ACEITAR, "PRAZO_DE_ACEITE"));
            released(accept, need, offer, delivery, goods, true);
        } else {
            accepted(after(at, 10), need, offer, delivery, volunteer, goods, asked, fate < 21, local);
        }
    }

    private void released(
            Instant at, NecessidadeId need, OfertaId offer, EntregaId delivery, List<Item> goods, boolean expired) {
        add(at.plusMillis(40), new CompromissoLiberado(need, delivery, goods));
        add(
                at.plusMillis(80),
                expired
                        ? new ReservaExpirada(offer, delivery.value(), goods, delivery)
                        : new ReservaCancelada(offer, delivery.value(), goods, delivery));
    }

    private void accepted(
            Instant begin,
            NecessidadeId need,
            OfertaId offer,
            EntregaId delivery,
            UUID volunteer,
            List<Item> goods,
            List<Quantia> asked,
            boolean cancelled,
            Local local) {
        add(begin, new EntregaAceita(delivery, volunteer, begin.plus(Duration.ofHours(24))));
        add(begin.plusMillis(40), new ReservaConfirmada(offer, delivery.value(), delivery));
        var at = after(begin, 60);
        add(at, new EntregaIniciada(delivery, volunteer, offer, need, asked, null));
        for (int n = random.nextInt(2, 8); n > 0; n--) {
            at = after(at, 5);
            add(
                    at,
                    new EntregaEmRota(
                            delivery,
                            volunteer,
                            near(requireNonNullElse(local.latitude(), -30.0)),
                            near(requireNonNullElse(local.longitude(), -51.2)),
                            null));
        }
        at = after(at, 10);
        if (cancelled) {
            add(at, new EntregaCancelada(delivery, "estrada alagada", false));
            add(at.plusMillis(40), new CompromissoLiberado(need, delivery, goods));
            add(at.plusMillis(80), new ReservaBaixada(offer, delivery.value(), goods, delivery, Outcome.LOST));
        } else {
            var code = Integer.toString(random.nextInt(100_000, 1_000_000));
            add(at, new EntregaConcluida(delivery, id(), code, null));
            add(at.plusMillis(40), new ReservaBaixada(offer, delivery.value(), goods, delivery, Outcome.DELIVERED));
            add(at.plusMillis(80), new NecessidadeAtendida(need, delivery, goods, null));
        }
    }

    private void ticket(Instant at, UUID who) {
        var ticket = new TicketId(id());
        var due = at.plus(Duration.ofHours(24));
        add(
                at,
                new TicketCriado(
                        ticket,
                        "Entrega não chegou",
                        "O caminhão saiu ontem e ninguém sabe onde está.",
                        "logistica",
                        List.of(Prioridade.values()).get(random.nextInt(4)),
                        who,
                        random.nextBoolean() ? new Relacionado(Relacionado.Tipo.NECESSIDADE, id()) : null,
                        due));
        var technician = id();
        at = after(at, 60);
        add(at, new TicketAtribuido(ticket, technician, null));
        for (int n = random.nextInt(1, 5); n > 0; n--) {
            at = after(at, 120);
            add(at, new TicketComentado(ticket, "Liguei para o voluntário, volta a ligar às " + n + " horas.", who));
        }
        if (at.isAfter(due)) {
            add(at, new TicketAtrasado(ticket, due));
        }
        if (random.nextInt(10) < 8) {
            add(after(at, 60), new TicketFechado(ticket, "Chegou à noite."));
        }
    }

    private Instant after(Instant at, int minutes) {
        return at.plusMillis(random.nextLong(1000, minutes * 60_000L));
    }

    private void add(Instant at, DomainEvent event) {
        events.add(new Timed(at, event));
    }

    private UUID id() {
        // Version and variant as in a random UUID.
        return new UUID((random.nextLong() & ~0xF000L) | 0x4000L, (random.nextLong() & ~(3L << 62)) | Long.MIN_VALUE);
    }
}
