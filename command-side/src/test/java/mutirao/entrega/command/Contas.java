package mutirao.entrega.command;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import mutirao.api.DomainEvent;
import mutirao.api.Item;
import mutirao.api.Titular;
import mutirao.entrega.api.EntregaEvent;
import mutirao.entrega.api.EntregaEvent.*;
import mutirao.entrega.api.EntregaId;
import mutirao.entrega.api.EntregaStatus;
import mutirao.entrega.api.Passo;
import mutirao.entrega.command.Mundo.Registrado;
import mutirao.entrega.processo.Andamento;
import mutirao.necessidade.api.LinhaNecessidade;
import mutirao.necessidade.api.NecessidadeEvent;
import mutirao.necessidade.api.NecessidadeEvent.*;
import mutirao.necessidade.api.NecessidadeId;
import mutirao.oferta.api.LinhaOferta;
import mutirao.oferta.api.OfertaEvent;
import mutirao.oferta.api.OfertaEvent.*;
import mutirao.oferta.api.OfertaId;
import mutirao.oferta.api.OfertaStatus;
import org.jspecify.annotations.Nullable;

/// An auditor who knows nothing but the log: adds everything up again, in another way than the aggregates do, and
/// says what does not add up.
final class Contas {
    /// Who holds what.
    record Reserva(
            List<Item> items, @Nullable EntregaId entrega, UUID volunteer, Instant expiresAt, boolean confirmed) {}

    /// An offer, seen from its events.
    static final class Oferta {
        List<LinhaOferta> lines = List.of();
        OfertaStatus status = OfertaStatus.PUBLICADA;
        Instant until = Instant.MAX;
        final Map<UUID, Reserva> reservas = new LinkedHashMap<>();
    }

    /// A need, seen from its events.
    static final class Necessidade {
        List<LinhaNecessidade> lines = List.of();
        final Map<EntregaId, List<Item>> promessas = new LinkedHashMap<>();
    }

    /// A delivery, seen from the events of all three contexts.
    static final class Entrega {
        final EntregaSolicitada pedido;
        EntregaStatus status = EntregaStatus.SOLICITADA;
        Andamento andamento = Andamento.novo();
        int codeCounter;
        boolean started;
        boolean accepted;
        Instant deadline = Instant.MAX;
        boolean goodsBack;

        @Nullable
        EntregaFalhou failure;

        List<Item> baixada = List.of();

        @Nullable
        Outcome outcome;

        List<Item> atendida = List.of();

        Entrega(EntregaSolicitada pedido) {
            this.pedido = pedido;
        }

        boolean perdida() {
            return started && !goodsBack && status.encerrada() && status != EntregaStatus.CONCLUIDA;
        }
    }

    final Map<OfertaId, Oferta> ofertas = new LinkedHashMap<>();
    final Map<NecessidadeId, Necessidade> necessidades = new LinkedHashMap<>();
    final Map<EntregaId, Entrega> entregas = new LinkedHashMap<>();
    final Map<String, Integer> vistos = new TreeMap<>();
    private int lidos;

    /// Reads what a command has left behind.
    ///
    /// @throws AssertionError when something does not add up
    void conferir(List<Registrado> log) {
        if (lidos == log.size()) {
            return;
        }
        for (; lidos < log.size(); lidos++) {
            var recorded = log.get(lidos);
            switch (recorded.event()) {
                case OfertaEvent e -> oferta(e);
                case NecessidadeEvent e -> necessidade(e);
                case EntregaEvent e -> entrega(e);
                case DomainEvent e -> throw new AssertionError("what is " + e);
            }
            for (var id : Andamento.entregasDe(recorded.event())) {
                var delivery = entregas.get(id);
                delivery.andamento = delivery.andamento.apos(
                        recorded.event(), recorded.meta().timestamp());
            }
        }
        ofertas.forEach((id, offer) -> assertThat(offer.reservas.values())
                .as("only confirmed holds outlast %s, which is %s", id, offer.status)
                .allMatch(held -> held.confirmed() || !offer.status.encerrada()));
    }

    private void oferta(OfertaEvent event) {
        var offer = ofertas.computeIfAbsent(event.id(), _ -> new Oferta());
        offer.lines = LinhaOferta.apos(offer.lines, event, offer.status.encerrada());
        switch (event) {
            case OfertaReservada e -> {
                ver(e.titular() != null && !e.reservaId().equals(e.titular().value()), "tomada");
                ver(
                        e.titular() != null
                                && entregas.get(EntregaId.of(e.titular()))
                                        .andamento
                                        .running(Passo.CONFIRMAR),
                        "restaurada");
                assertThat(offer.reservas).as("held twice").doesNotContainKey(e.reservaId());
                offer.reservas.put(
                        e.reservaId(),
                        new Reserva(e.items(), entrega(e.titular()), e.volunteerId(), e.expiresAt(), false));
            }
            case ReservaRecusada e ->
                ver(entregas.get(EntregaId.of(e.titular())).andamento.running(Passo.CONFIRMAR), "confirmacao recusada");
            case ReservaCancelada e -> {
                solta(offer, e.reservaId(), e.items());
                devolvida(e);
            }
            case ReservaExpirada e -> {
                solta(offer, e.reservaId(), e.items());
                ver(
                        e.titular() != null && entregas.get(EntregaId.of(e.titular())).started,
                        "vencida com a carga na rua");
            }
            case ReservaConfirmada e -> {
                var held = offer.reservas.get(e.reservaId());
                assertThat(held).as("confirmed without a hold").isNotNull();
                offer.reservas.put(
                        e.reservaId(),
                        new Reserva(held.items(), held.entrega(), held.volunteer(), held.expiresAt(), true));
                assertThat(entregas.get(EntregaId.of(e.titular())).accepted)
                        .as("confirmed, not accepted")
                        .isTrue();
            }
            case ReservaBaixada e -> {
                solta(offer, e.reservaId(), e.items());
                baixada(e);
            }
            case OfertaExpirada _ -> offer.status = OfertaStatus.EXPIRADA;
            case OfertaCancelada _ -> offer.status = OfertaStatus.CANCELADA;
            case OfertaPublicada e -> offer.until = e.availableUntil();
            case OfertaAtualizada e -> offer.until = e.availableUntil();
        }
        offer.status = offer.status.apos(offer.lines);
        offer.lines.forEach(line -> fecha(offer, line));
    }

    private static @Nullable EntregaId entrega(@Nullable Titular titular) {
        return titular == null ? null : EntregaId.of(titular);
    }

    private static void solta(Oferta offer, UUID reserva, List<Item> items) {
        var held = offer.reservas.remove(reserva);
        assertThat(held).as("released without a hold").isNotNull();
        assertThat(items)
                .as("released as it was held")
                .isEqualTo(requireNonNull(held).items());
    }

    private void devolvida(ReservaCancelada e) {
        if (e.titular() != null) {
            var delivery = entregas.get(EntregaId.of(e.titular()));
            assertThat(delivery.status.encerrada()).as("given back under way").isTrue();
            assertThat(delivery.perdida()).as("lost goods given back").isFalse();
            assertThat(delivery.status).isNotEqualTo(EntregaStatus.CONCLUIDA);
        }
    }

    private void baixada(ReservaBaixada e) {
        var delivery = entregas.get(EntregaId.of(e.titular()));
        assertThat(delivery.baixada).as("booked out twice").isEmpty();
        assertThat(e.outcome() == Outcome.LOST ? delivery.perdida() : delivery.status == EntregaStatus.CONCLUIDA)
                .as("%s of a delivery that is %s", e, delivery.status)
                .isTrue();
        delivery.baixada = e.items();
        delivery.outcome = e.outcome();
        ver(true, "baixada " + e.outcome());
    }

    private static void fecha(Oferta offer, LinhaOferta line) {
        assertThat(line.published())
                .as("%s", line)
                .isEqualTo(line.available() + line.reserved() + line.delivered() + line.lost() + line.withdrawn());
        assertThat(List.of(line.available(), line.reserved(), line.delivered(), line.lost(), line.withdrawn()))
                .as("%s", line)
                .allMatch(units -> units >= 0);
        assertThat(line.reserved())
                .as("held of %s", line)
                .isEqualTo(soma(
                        offer.reservas.values().stream().map(Reserva::items).toList(), line.key(), line.unit()));
        assertThat(offer.status.encerrada() ? line.available() : line.withdrawn())
                .as("%s of an offer that is %s", line, offer.status)
                .isZero();
    }

    private void necessidade(NecessidadeEvent event) {
        var need = necessidades.computeIfAbsent(event.id(), _ -> new Necessidade());
        need.lines = LinhaNecessidade.apos(need.lines, event);
        switch (event) {
            case NecessidadeComprometida e ->
                assertThat(need.promessas.put(EntregaId.of(e.titular()), e.items()))
                        .as("promised twice")
                        .isNull();
            case CompromissoLiberado e -> {
                assertThat(need.promessas.remove(EntregaId.of(e.titular()))).isEqualTo(e.items());
                var status = entregas.get(EntregaId.of(e.titular())).status;
                assertThat(status == EntregaStatus.FALHOU || status == EntregaStatus.CANCELADA)
                        .as("promise of a delivery that is %s given back", status)
                        .isTrue();
            }
            case NecessidadeAtendida e -> {
                assertThat(need.promessas.remove(EntregaId.of(e.titular()))).isEqualTo(e.items());
                var delivery = entregas.get(EntregaId.of(e.titular()));
                assertThat(delivery.status).isEqualTo(EntregaStatus.CONCLUIDA);
                assertThat(delivery.atendida).as("met twice").isEmpty();
                delivery.atendida = e.items();
            }
            case NecessidadeCancelada e ->
                e.titulares()
                        .forEach(id -> ver(
                                entregas.get(EntregaId.of(id)).status.cargaComVoluntario(),
                                "necessidade cancelada com a carga na rua"));
            case NecessidadeCriada _,
                    NecessidadeAtualizada _,
                    NecessidadePublicada _,
                    NecessidadeRecolhida _,
                    NecessidadeExpirada _,
                    CompromissoRecusado _ -> {}
        }
        for (var line : need.lines) {
            assertThat(List.of(line.pending(), line.committed(), line.delivered()))
                    .as("%s", line)
                    .allMatch(units -> units >= 0);
            assertThat(line.committed())
                    .as("promised of %s", line)
                    .isEqualTo(soma(List.copyOf(need.promessas.values()), line.key(), line.unit()));
        }
    }

    private void entrega(EntregaEvent event) {
        if (event instanceof EntregaSolicitada e) {
            entregas.put(e.id(), new Entrega(e));
            return;
        }
        var delivery = entregas.get(event.id());
        assertThat(delivery.status.encerrada()).as("%s after the end", event).isFalse();
        delivery.status = delivery.status.apos(event);
        switch (event) {
            case AssignmentCriado e -> delivery.deadline = e.acceptUntil();
            case EntregaAceita e -> {
                delivery.accepted = true;
                delivery.deadline = e.finishUntil();
            }
            case EntregaIniciada _ -> delivery.started = true;
            case CodigoBloqueado _ -> ver(true, "codigo bloqueado");
            case CodigoRenovado e -> delivery.codeCounter = e.counter();
            case EntregaCancelada e -> delivery.goodsBack = Boolean.TRUE.equals(e.goodsReturned());
            case EntregaFalhou e -> {
                assertThat(delivery.accepted)
                        .as("%s comes too late, or too early", e)
                        .isEqualTo(e.step().compareTo(Passo.ACEITAR) > 0);
                delivery.failure = e;
            }
            default -> {}
        }
    }

    /// What must be true whenever everything that is due was sent and heard.
    void repousar(Instant now, Map<UUID, EmCurso> sagas) {
        ofertas.forEach((id, offer) -> {
            assertThat(now.isBefore(offer.until) || offer.status.encerrada())
                    .as("%s ends at %s, and it is %s", id, offer.until, now)
                    .isTrue();
            assertThat(offer.reservas.values())
                    .as("no hold outlasts its time, and it is %s", now)
                    .allMatch(held -> held.confirmed() || now.isBefore(held.expiresAt()));
        });
        entregas.forEach((id, delivery) -> {
            var saga = sagas.get(id.value());
            assertThat(saga.andamento()).as("what people see").isEqualTo(delivery.andamento);
            assertThat(saga.settled()).as("settled: %s", saga).isEqualTo(delivery.status.encerrada());
            if (!delivery.status.encerrada()) {
                emCurso(id, delivery, now);
            }
        });
    }

    private void emCurso(EntregaId id, Entrega delivery, Instant now) {
        assertThat(now).as("%s waits no longer than that", id).isBefore(delivery.deadline);
        assertThat(delivery.deadline).as("%s waits for a person", id).isNotEqualTo(Instant.MAX);
        var held = ofertas.get(delivery.pedido.ofertaId()).reservas.get(delivery.pedido.reservaId());
        assertThat(held).as("%s has its hold", id).isNotNull();
        assertThat(held.entrega()).isEqualTo(id);
        assertThat(held.confirmed()).isEqualTo(delivery.accepted);
        assertThat(necessidades.get(delivery.pedido.necessidadeId()).promessas)
                .as("%s has its promise", id)
                .containsEntry(id, held.items());
    }

    /// What must be true once every deadline is past, too.
    void encerrar(Map<UUID, EmCurso> sagas) {
        assertThat(sagas).as("one saga each").hasSameSizeAs(entregas);
        entregas.forEach((id, delivery) -> {
            assertThat(delivery.status.encerrada())
                    .as("%s is %s", id, delivery.status)
                    .isTrue();
            assertThat(delivery.andamento.steps())
                    .as("nothing goes on")
                    .noneMatch(step -> step.state() == Passo.Estado.RUNNING);
            fim(id, delivery);
        });
        ofertas.forEach((id, offer) -> {
            assertThat(offer.status.encerrada()).as("%s is over", id).isTrue();
            assertThat(offer.reservas).as("held of %s", id).isEmpty();
        });
        necessidades.forEach((id, need) ->
                assertThat(need.promessas).as("promised to %s", id).isEmpty());
    }

    private void fim(EntregaId id, Entrega delivery) {
        var arrived = delivery.status == EntregaStatus.CONCLUIDA;
        var unbooked = delivery.andamento.of(Passo.CONFIRMAR) == Passo.Estado.FAILED;
        var outcome = arrived ? Outcome.DELIVERED : Outcome.LOST;
        assertThat(!delivery.atendida.isEmpty()).as("%s met its need", id).isEqualTo(arrived);
        if (unbooked || !(arrived || delivery.perdida())) {
            assertThat(delivery.baixada).as("%s booked out", id).isEmpty();
        } else {
            assertThat(delivery.outcome).as("%s booked out", id).isEqualTo(outcome);
            assertThat(delivery.baixada).hasSameSizeAs(delivery.pedido.items());
        }
        if (arrived && !unbooked) {
            assertThat(delivery.atendida).as("%s brought what it took", id).isEqualTo(delivery.baixada);
        }
        ver(arrived && unbooked, "concluida sem baixa");
        ver(true, fim(delivery));
    }

    private static String fim(Entrega delivery) {
        var how = delivery.failure != null
                ? " " + delivery.failure.step() + " " + delivery.failure.reason()
                : delivery.perdida() ? " perdida" : delivery.goodsBack ? " de volta" : "";
        return delivery.status + how;
    }

    private void ver(boolean seen, String what) {
        if (seen) {
            vistos.merge(what, 1, Integer::sum);
        }
    }

    private static long soma(List<List<Item>> all, String key, String unit) {
        return all.stream()
                .flatMap(List::stream)
                .filter(item -> item.key().equals(key) && item.unit().equals(unit))
                .mapToLong(Item::quantity)
                .sum();
    }

    /// The last events, for whoever has to find out.
    static String fimDoLog(List<Registrado> log, int howMany) {
        var lines = new ArrayList<String>();
        for (var recorded : log.subList(Math.max(0, log.size() - howMany), log.size())) {
            lines.add(recorded.meta().position() + " " + recorded.meta().timestamp() + " " + recorded.event());
        }
        return String.join("\n", lines);
    }
}
