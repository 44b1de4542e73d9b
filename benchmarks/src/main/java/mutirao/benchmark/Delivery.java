package mutirao.benchmark;

import static java.util.Objects.requireNonNullElse;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import mutirao.api.Item;
import mutirao.api.Local;
import mutirao.api.Quantia;
import mutirao.entrega.api.EntregaEvent.*;
import mutirao.entrega.api.EntregaId;
import mutirao.entrega.api.Passo;
import mutirao.necessidade.api.NecessidadeEvent.*;
import mutirao.necessidade.api.NecessidadeId;
import mutirao.oferta.api.OfertaEvent;
import mutirao.oferta.api.OfertaEvent.*;
import mutirao.oferta.api.OfertaId;

/// A delivery of an offer to a need, of any outcome.
final class Delivery {
    private final Timeline told;
    private final NecessidadeId need;
    private final OfertaId offer;
    private final List<Item> goods;
    private final Local local;
    private final EntregaId delivery;
    private final UUID volunteer;
    private final List<Quantia> asked;

    Delivery(Timeline told, NecessidadeId need, OfertaId offer, List<Item> goods, Local local) {
        this.told = told;
        this.need = need;
        this.offer = offer;
        this.goods = goods;
        this.local = local;
        this.delivery = new EntregaId(told.id());
        this.volunteer = told.id();
        this.asked = goods.stream()
                .map(item -> new Quantia(item.item(), item.quantity()))
                .toList();
    }

    /// From its request to its end.
    void tell(Instant begin) {
        var at = told.after(begin, 120);
        told.add(at, new EntregaSolicitada(delivery, offer, need, volunteer, asked, delivery.value()));
        var accept = at.plus(Duration.ofMinutes(15));
        at = at.plusMillis(40);
        told.add(
                at,
                new OfertaReservada(
                        offer, delivery.value(), volunteer, goods, accept.plusSeconds(60), delivery.titular()));
        at = at.plusMillis(40);
        told.add(at, new NecessidadeComprometida(need, delivery.titular(), goods));
        at = at.plusMillis(40);
        told.add(at, new AssignmentCriado(delivery, volunteer, accept));
        at = at.plusMillis(40);
        told.add(at, new VoluntarioNotificado(delivery, volunteer));
        var fate = told.random.nextInt(100);
        if (fate < 8) {
            at = told.after(at, 10);
            told.add(at, new EntregaRecusada(delivery, volunteer, "sem carro hoje"));
            released(at, new ReservaCancelada(offer, delivery.value(), goods, delivery.titular()));
        } else if (fate < 14) {
            told.add(accept, new EntregaFalhou(delivery, Passo.ACEITAR, "PRAZO_DE_ACEITE"));
            released(accept, new ReservaExpirada(offer, delivery.value(), goods, delivery.titular()));
        } else {
            accepted(told.after(at, 10), fate < 21);
        }
    }

    private void released(Instant at, OfertaEvent reservation) {
        told.add(at.plusMillis(40), new CompromissoLiberado(need, delivery.titular(), goods));
        told.add(at.plusMillis(80), reservation);
    }

    private void accepted(Instant begin, boolean cancelled) {
        told.add(begin, new EntregaAceita(delivery, volunteer, begin.plus(Duration.ofHours(24))));
        told.add(begin.plusMillis(40), new ReservaConfirmada(offer, delivery.value(), delivery.titular()));
        var at = told.after(begin, 60);
        told.add(at, new EntregaIniciada(delivery, volunteer, offer, need, asked, null));
        for (int n = told.random.nextInt(2, 8); n > 0; n--) {
            at = told.after(at, 5);
            told.add(at, onTheWay());
        }
        at = told.after(at, 10);
        if (cancelled) {
            told.add(at, new EntregaCancelada(delivery, "estrada alagada", false));
            released(at, new ReservaBaixada(offer, delivery.value(), goods, delivery.titular(), Outcome.LOST));
        } else {
            var code = Integer.toString(told.random.nextInt(100_000, 1_000_000));
            told.add(at, new EntregaConcluida(delivery, told.id(), code, null));
            told.add(
                    at.plusMillis(40),
                    new ReservaBaixada(offer, delivery.value(), goods, delivery.titular(), Outcome.DELIVERED));
            told.add(at.plusMillis(80), new NecessidadeAtendida(need, delivery.titular(), goods, null));
        }
    }

    private EntregaEmRota onTheWay() {
        return new EntregaEmRota(
                delivery,
                volunteer,
                told.near(requireNonNullElse(local.latitude(), -30.0)),
                told.near(requireNonNullElse(local.longitude(), -51.2)),
                null);
    }
}
