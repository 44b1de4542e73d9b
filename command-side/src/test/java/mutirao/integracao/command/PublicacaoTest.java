package mutirao.integracao.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import mutirao.api.DomainEvent;
import mutirao.messaging.Message;
import mutirao.messaging.NotConfirmed;
import mutirao.messaging.Producer;
import mutirao.platform.eventstore.Exemplo;
import mutirao.platform.stream.Faults;
import mutirao.platform.stream.NotNow;
import mutirao.platform.stream.Subscriber.Delivery;
import mutirao.ticket.api.TicketEvent.TicketComentado;
import mutirao.ticket.api.TicketEvent.TicketFechado;
import mutirao.ticket.api.TicketId;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class PublicacaoTest {
    private final Correio correio = new Correio();
    private final Publicacao publicacao = new Publicacao(TraducoesTest.todas(), correio, "mutirao");

    /// Confirms what it is told to, when it is told to.
    private static final class Correio implements Producer {
        final List<Message<?>> sent = new ArrayList<>();
        private int refuseFrom = Integer.MAX_VALUE;
        private NotConfirmed failure = new NotConfirmed("fora do ar");

        @Override
        public CompletableFuture<Void> send(Message<?> message) {
            sent.add(message);
            return sent.size() > refuseFrom
                    ? CompletableFuture.failedFuture(failure)
                    : CompletableFuture.completedFuture(null);
        }

        @Override
        public <T> Message<T> message(@Nullable String topic, String name, @Nullable String key, T data) {
            return new Message<>(
                    "t", UUID.randomUUID().toString(), name, key, data, Instant.EPOCH, "s", null, Map.of());
        }
    }

    private static List<Delivery> deliveries(DomainEvent... events) {
        var all = new ArrayList<Delivery>();
        for (var event : events) {
            all.add(new Delivery(
                    Exemplo.recorded(event, all.size() + 1L), event.id().value().toString()));
        }
        return all;
    }

    @Test
    void de_cada_evento_se_conta_o_publico_e_que_aconteceu() {
        var id = new TicketId(UUID.randomUUID());
        publicacao.handle(deliveries(new TicketFechado(id, "a chave")));
        assertThat(correio.sent)
                .extracting(Message::name)
                .containsExactly("ticket.fechado", "analytics.evento-registrado");
        var told = correio.sent.getFirst();
        assertThat(told.topic()).isEqualTo("mutirao.ticket");
        assertThat(told.key()).isEqualTo(id.value().toString());
        assertThat(told.extensions())
                .containsEntry("dataschema", "urn:mutirao:ticket.fechado:1")
                .containsEntry("aggregateversion", "0")
                .containsKey("organizationid");
        assertThat(told.data()).hasToString("TicketFechado[id=" + id.value() + "]");
        assertThat(correio.sent).extracting(Message::id).doesNotHaveDuplicates();
    }

    @Test
    void o_mesmo_evento_se_conta_sempre_sob_o_mesmo_id() {
        var events = deliveries(Exemplo.of(TicketFechado.class));
        publicacao.handle(events);
        publicacao.handle(events);
        assertThat(correio.sent.get(0).id()).isEqualTo(correio.sent.get(2).id());
        assertThat(correio.sent.get(1).id()).isEqualTo(correio.sent.get(3).id());
    }

    @Test
    void o_que_ninguem_ouve_se_conta_a_ninguem_e_nao_para_nada() {
        correio.failure = NotConfirmed.nobody("ninguem ouve");
        correio.refuseFrom = 0;
        publicacao.handle(deliveries(Exemplo.of(TicketFechado.class)));
        assertThat(correio.sent).hasSize(2);
    }

    @Test
    void um_so_se_envia_quando_o_anterior_do_mesmo_agregado_foi_confirmado() {
        var one = new TicketId(UUID.randomUUID());
        var other = new TicketId(UUID.randomUUID());
        correio.refuseFrom = 0;
        assertThatThrownBy(() -> publicacao.handle(deliveries(
                        new TicketComentado(one, "1", UUID.randomUUID()),
                        new TicketComentado(one, "2", UUID.randomUUID()),
                        new TicketComentado(other, "3", UUID.randomUUID()))))
                .isInstanceOf(NotNow.class)
                .matches(Faults::transientFault, "nothing is parked because the broker is away");
        assertThat(correio.sent.stream()
                        .filter(message -> message.name().equals("ticket.comentado"))
                        .map(Message::key))
                .containsExactlyInAnyOrder(one.value().toString(), other.value().toString());
    }
}
