package mutirao.platform.projection;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.UUID;
import mutirao.api.Actors;
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
import mutirao.organizacao.api.OrganizacaoEvent.OrganizacaoCriada;
import mutirao.organizacao.api.OrganizacaoEvent.OrganizacaoRenomeada;
import mutirao.organizacao.api.OrganizacaoId;
import mutirao.ticket.api.Prioridade;
import mutirao.ticket.api.TicketEvent.*;
import mutirao.ticket.api.TicketId;
import mutirao.usuario.api.Papel;
import mutirao.usuario.api.UsuarioEvent.PapeisAlterados;
import mutirao.usuario.api.UsuarioEvent.UsuarioAtualizado;
import mutirao.usuario.api.UsuarioEvent.UsuarioCadastrado;
import mutirao.usuario.api.UsuarioEvent.UsuarioDesativado;
import mutirao.usuario.api.UsuarioEvent.UsuarioReativado;
import mutirao.usuario.api.UsuarioId;
import org.axonframework.eventhandling.GenericDomainEventMessage;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.axonframework.messaging.MetaData;

/// Random but possible histories: what the aggregates could have recorded, with texts that are hard on columns.
public final class Historias {
    private static final Instant BEGIN = Instant.parse("2026-05-01T12:00:00.123456Z");
    private static final List<String> TEXTS =
            List.of("Água  ", "aspas \" e ' e \\", "tab\te\nlinha", "emoji 🚚", "\\N", "{}", "ß ı İ", "");

    private final SplittableRandom random;
    private final UUID organization;
    private final Map<String, Long> versions = new HashMap<>();

    public Historias(SplittableRandom random) {
        this(random, Actors.ORGANIZATION);
    }

    /// Of an organization.
    public Historias(SplittableRandom random, UUID organization) {
        this.random = random;
        this.organization = organization;
    }

    public void publicar(EventStore store, int historias) {
        for (int i = 0; i < historias; i++) {
            store.publish(uma());
        }
    }

    /// One history, not published.
    List<GenericDomainEventMessage<DomainEvent>> uma() {
        var events = switch (random.nextInt(10)) {
            case 0, 1 -> ticket();
            case 2 -> usuario();
            case 3 -> organizacao();
            default -> entrega();
        };
        return events.stream().map(this::message).toList();
    }

    /// One more thing that happened to a ticket.
    GenericDomainEventMessage<DomainEvent> comentario(TicketId ticket) {
        return message(new TicketComentado(ticket, text(), id()));
    }

    /// A ticket's history.
    List<GenericDomainEventMessage<DomainEvent>> umTicket() {
        return ticket().stream().map(this::message).toList();
    }

    private GenericDomainEventMessage<DomainEvent> message(DomainEvent event) {
        var version = versions.merge(event.id().stored(), 1L, Long::sum) - 1;
        var who = new UUID(0, random.nextInt(5)).toString();
        return new GenericDomainEventMessage<>(
                event.id().context(),
                event.id().stored(),
                version,
                event,
                MetaData.with("userId", who)
                        .and("organizationId", organization.toString())
                        .and("correlationId", UUID.randomUUID().toString())
                        .and("source", "rest"));
    }

    private List<DomainEvent> organizacao() {
        var id = new OrganizacaoId(id());
        var events = new ArrayList<DomainEvent>(List.of(new OrganizacaoCriada(id, text())));
        for (int i = random.nextInt(3); i > 0; i--) {
            events.add(new OrganizacaoRenomeada(id, text()));
        }
        return events;
    }

    private List<DomainEvent> entrega() {
        var events = new ArrayList<DomainEvent>();
        var need = new NecessidadeId(id());
        var offer = new OfertaId(id());
        var delivery = new EntregaId(id());
        var volunteer = id();
        var item = "Item " + text();
        var lines = List.of(new Item(item, 100, "kg"), new Item("outro", 5, "un"));
        var place = random.nextBoolean()
                ? new Local("sem lugar", null, null)
                : new Local(text() + "x", coordinate(), coordinate());
        var until = random.nextBoolean() ? null : BEGIN.plusSeconds(random.nextInt(1_000_000));
        events.add(new NecessidadeCriada(
                need, pick(Categoria.values()), lines, place, volunteer, pick(Urgencia.values()), until, metadata()));
        if (random.nextInt(3) == 0) {
            events.add(new NecessidadePublicada(need));
            if (random.nextInt(4) == 0) {
                events.add(new NecessidadeRecolhida(need));
            }
        }
        events.add(new OfertaPublicada(
                offer, pick(Categoria.values()), lines, volunteer, place, BEGIN.plusSeconds(9), metadata()));
        var goods = List.of(new Item(item, random.nextInt(1, 101), "kg"));
        var asked = goods.stream().map(g -> new Quantia(g.item(), g.quantity())).toList();
        if (random.nextInt(4) == 0) {
            var byHand = id();
            var one = List.of(new Item("outro", 1, "un"));
            events.add(new OfertaReservada(offer, byHand, volunteer, one, BEGIN.plusSeconds(9), null));
            if (random.nextBoolean()) {
                events.add(new ReservaExpirada(offer, byHand, one, null));
            }
        }
        events.add(new EntregaSolicitada(delivery, offer, need, volunteer, asked, delivery.value()));
        if (random.nextInt(6) == 0) {
            events.add(new ReservaRecusada(offer, delivery.value(), delivery.titular(), "QUANTIDADE_INDISPONIVEL"));
            events.add(new EntregaFalhou(delivery, Passo.RESERVAR, "QUANTIDADE_INDISPONIVEL"));
            return events;
        }
        events.add(new OfertaReservada(
                offer, delivery.value(), volunteer, goods, BEGIN.plusSeconds(60), delivery.titular()));
        events.add(new NecessidadeComprometida(need, delivery.titular(), goods));
        events.add(new AssignmentCriado(delivery, volunteer, BEGIN.plusSeconds(30)));
        events.add(new VoluntarioNotificado(delivery, volunteer));
        if (random.nextInt(4) == 0) {
            events.add(new EntregaRecusada(delivery, volunteer, text()));
            events.add(new CompromissoLiberado(need, delivery.titular(), goods));
            events.add(new ReservaCancelada(offer, delivery.value(), goods, delivery.titular()));
            events.add(new OfertaCancelada(offer, text()));
            return events;
        }
        events.add(new EntregaAceita(delivery, volunteer, BEGIN.plusSeconds(600)));
        events.add(new ReservaConfirmada(offer, delivery.value(), delivery.titular()));
        events.add(new EntregaIniciada(delivery, volunteer, offer, need, asked, null));
        if (random.nextInt(8) == 0) {
            return events; // still on its way
        }
        for (int n = random.nextInt(4); n > 0; n--) {
            events.add(new EntregaEmRota(delivery, volunteer, random.nextDouble(-90, 90), -random.nextDouble(), until));
        }
        if (random.nextInt(3) == 0) {
            events.add(new NecessidadeCancelada(need, text(), List.of(delivery.titular())));
            events.add(new OfertaExpirada(offer, BEGIN.plusSeconds(9), OfertaExpirada.PRAZO));
            events.add(new EntregaCancelada(delivery, text(), false));
            events.add(new CompromissoLiberado(need, delivery.titular(), goods));
            events.add(new ReservaBaixada(offer, delivery.value(), goods, delivery.titular(), Outcome.LOST));
            return events;
        }
        events.add(new CodigoRecusado(delivery, 1));
        events.add(new EntregaConcluida(delivery, volunteer, "012345", until));
        events.add(new ReservaBaixada(offer, delivery.value(), goods, delivery.titular(), Outcome.DELIVERED));
        events.add(new NecessidadeAtendida(need, delivery.titular(), goods, until));
        return events;
    }

    private List<DomainEvent> ticket() {
        var events = new ArrayList<DomainEvent>();
        var ticket = new TicketId(id());
        events.add(new TicketCriado(
                ticket, text(), text(), "rede", pick(Prioridade.values()), id(), null, BEGIN.plusSeconds(3600)));
        events.add(new TicketComentado(ticket, text(), id()));
        if (random.nextBoolean()) {
            events.add(new TicketAtrasado(ticket, BEGIN.plusSeconds(3600)));
        }
        events.add(new TicketAtribuido(ticket, id(), null));
        if (random.nextBoolean()) {
            events.add(new TicketFechado(ticket, text()));
            events.add(new TicketReaberto(ticket, text(), BEGIN.plusSeconds(7200)));
        }
        return events;
    }

    private List<DomainEvent> usuario() {
        var events = new ArrayList<DomainEvent>();
        var usuario = new UsuarioId(id());
        var phone = random.nextBoolean() ? null : "+5551999990000";
        events.add(new UsuarioCadastrado(usuario, text(), text() + "@example.org", phone));
        events.add(new PapeisAlterados(usuario, List.of(pick(Papel.values()))));
        if (random.nextBoolean()) {
            events.add(new UsuarioAtualizado(usuario, text(), text() + "@example.org", null));
            events.add(new PapeisAlterados(usuario, List.of()));
        }
        if (random.nextBoolean()) {
            events.add(new UsuarioDesativado(usuario, text()));
        }
        if (random.nextInt(4) == 0) {
            events.add(new UsuarioReativado(usuario));
        }
        return events;
    }

    private Map<String, String> metadata() {
        return random.nextBoolean() ? Map.of() : Map.of("chave", text());
    }

    private Double coordinate() {
        return random.nextDouble(-90, 90);
    }

    private String text() {
        return TEXTS.get(random.nextInt(TEXTS.size()));
    }

    private UUID id() {
        return new UUID(random.nextLong(), random.nextLong());
    }

    private <T> T pick(T[] values) {
        return values[random.nextInt(values.length)];
    }
}
