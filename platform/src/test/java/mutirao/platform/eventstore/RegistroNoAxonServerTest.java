package mutirao.platform.eventstore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.google.protobuf.ByteString;
import io.axoniq.axonserver.connector.event.AggregateEventStream;
import io.axoniq.axonserver.connector.event.EventChannel;
import io.axoniq.axonserver.connector.event.EventStream;
import io.axoniq.axonserver.grpc.MetaDataValue;
import io.axoniq.axonserver.grpc.SerializedObject;
import io.axoniq.axonserver.grpc.event.Event;
import io.axoniq.axonserver.grpc.event.EventWithToken;
import java.lang.reflect.Proxy;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import mutirao.oferta.api.OfertaEvent.OfertaExpirada;
import mutirao.oferta.api.OfertaId;
import mutirao.platform.stream.Faults;
import org.junit.jupiter.api.Test;

/// Reads what Axon Server's connector hands out.
class RegistroNoAxonServerTest {
    private static final UUID ORGANIZACAO = UUID.fromString("99999999-9999-4999-8999-999999999999");
    private static final String COISA = "coisa-7c9e6679-7425-40de-944b-e07fc1f90ae7";
    private static final String SUMIDA = "coisa.Sumida";

    private final List<Event> stored = new ArrayList<>();
    private final List<String> asked = new ArrayList<>();
    private final AxonServerEventLog log = new AxonServerEventLog(
            this::canal,
            new NamedEventSerializer(new EventTypes(Context.all()), new AxonJson()),
            events -> Upcasters.of(Context.all())
                    .upcast(events.filter(event -> !event.getType().getName().equals(SUMIDA))));

    @Test
    void o_que_um_upcaster_tira_nao_prende_a_leitura() {
        guardados("coisa.Feita", SUMIDA, "coisa.Feita", SUMIDA, SUMIDA);

        assertThat(posicoes(log.read(0, 5, Set.of(), 10))).containsExactly(1L, 3L);
        assertThat(log.read(3, 5, Set.of(), 10)).isEmpty();
        assertThat(posicoes(log.at(List.of(3L, 1L, 2L)))).containsExactly(1L, 3L);
        assertThat(log.horizon()).isEqualTo(5);
    }

    @Test
    void nao_le_mais_do_que_se_pede_nem_de_outros_contextos() {
        guardados("coisa.Feita", "coisa.Feita", "coisa.Feita");

        assertThat(posicoes(log.read(0, 3, Set.of(), 2))).containsExactly(1L, 2L);
        assertThat(posicoes(log.read(0, 2, Set.of(), 10))).containsExactly(1L, 2L);
        assertThat(log.read(0, 3, Set.of("outra"), 10)).isEmpty();
        assertThat(log.read(3, 3, Set.of(), 10)).isEmpty();
    }

    @Test
    void mostra_o_que_esta_guardado() {
        guardados("coisa.Feita");

        var event = log.read(0, 1, Set.of(), 1).getFirst();

        assertThat(event.json()).isEqualTo("{\"n\": 0}");
        assertThat(event.known()).isFalse();
        assertThat(event.meta().type()).isEqualTo("coisa.Feita");
        assertThat(event.meta().revision()).isEqualTo("1");
        assertThat(event.meta().organizationId()).isEqualTo(ORGANIZACAO);
        assertThat(event.meta().version()).isZero();
    }

    @Test
    void o_que_esta_em_revisao_anterior_e_lido_como_o_de_hoje() {
        var id = new OfertaId(ORGANIZACAO);
        var json = "{\"id\": \"%s\", \"availableUntil\": \"%s\"}".formatted(id.value(), Instant.EPOCH);
        guardado("oferta.OfertaExpirada", json);

        var event = log.read(0, 1, Set.of(), 1).getFirst();

        assertThat(event.event()).isEqualTo(new OfertaExpirada(id, Instant.EPOCH, OfertaExpirada.PRAZO));
        assertThat(event.meta().revision()).isEqualTo("1");
        assertThat(event.json()).isEqualTo(json);
    }

    @Test
    void a_organizacao_e_perguntada_uma_vez_so_a_quem_existe() {
        assertThat(log.organizationOf(COISA)).isEmpty();
        guardados("coisa.Feita");
        for (int i = 0; i < 5; i++) {
            assertThat(log.organizationOf(COISA)).contains(ORGANIZACAO);
        }
        assertThat(asked).hasSize(2);
    }

    @Test
    void sabe_o_que_um_evento_leva_consigo() {
        guardados("coisa.Feita", "coisa.Feita");

        assertThat(log.has(COISA, 1, Map.of("idempotencyKey", "chave-1"))).isTrue();
        assertThat(log.has(COISA, 1, Map.of("idempotencyKey", "chave-0"))).isFalse();
        assertThat(log.has(COISA, 1, Map.of("idempotencyKey", "chave-1", "userId", "x")))
                .isFalse();
        assertThat(log.has(COISA, 2, Map.of("idempotencyKey", "chave-1"))).isFalse();
    }

    @Test
    void um_motor_calado_e_coisa_que_passa() {
        guardados("coisa.Feita");

        assertThat(Faults.transientFault(catchThrowable(() -> log.read(0, 2, Set.of(), 10))))
                .isTrue();
    }

    private static List<Long> posicoes(List<RecordedEvent> events) {
        return events.stream().map(event -> event.meta().position()).toList();
    }

    private void guardados(String... types) {
        Arrays.stream(types).forEach(type -> guardado(type, "{\"n\": %d}".formatted(stored.size())));
    }

    private void guardado(String type, String json) {
        var n = stored.size();
        stored.add(Event.newBuilder()
                .setMessageIdentifier("e" + n)
                .setAggregateIdentifier(COISA)
                .setAggregateType("coisa")
                .setAggregateSequenceNumber(n)
                .setPayload(SerializedObject.newBuilder()
                        .setType(type)
                        .setRevision("1")
                        .setData(ByteString.copyFromUtf8(json)))
                .putMetaData("organizationId", texto(ORGANIZACAO.toString()))
                .putMetaData("idempotencyKey", texto("chave-" + n))
                .build());
    }

    private static MetaDataValue texto(String text) {
        return MetaDataValue.newBuilder().setTextValue(text).build();
    }

    /// The three questions that the log asks.
    private EventChannel canal() {
        return (EventChannel) Proxy.newProxyInstance(
                EventChannel.class.getClassLoader(),
                new Class<?>[] {EventChannel.class},
                (_, method, arguments) -> switch (method.getName()) {
                    case "getLastToken" -> CompletableFuture.completedFuture(stored.size() - 1L);
                    case "openStream" -> new Corrente((long) arguments[0]);
                    case "openAggregateStream" -> agregado((String) arguments[0], (long) arguments[1]);
                    default -> throw new UnsupportedOperationException(method.getName());
                });
    }

    private AggregateEventStream agregado(String id, long from) {
        asked.add(id);
        var events = stored.stream().skip(from).iterator();
        return new AggregateEventStream() {
            @Override
            public Event next() {
                return events.next();
            }

            @Override
            public boolean hasNext() {
                return events.hasNext();
            }

            @Override
            public void cancel() {}
        };
    }

    /// What comes after a token; nothing when that is all.
    private final class Corrente implements EventStream {
        private final Iterator<EventWithToken> events;

        Corrente(long after) {
            var all = new ArrayList<EventWithToken>();
            for (int token = (int) after + 1; token < stored.size(); token++) {
                all.add(EventWithToken.newBuilder()
                        .setToken(token)
                        .setEvent(stored.get(token))
                        .build());
            }
            events = all.iterator();
        }

        @Override
        public EventWithToken nextIfAvailable(long timeout, TimeUnit unit) {
            return events.hasNext() ? events.next() : null;
        }

        @Override
        public EventWithToken nextIfAvailable() {
            return nextIfAvailable(0, TimeUnit.SECONDS);
        }

        @Override
        public EventWithToken next() {
            return events.next();
        }

        @Override
        public EventWithToken peek() {
            throw new UnsupportedOperationException();
        }

        @Override
        public void excludePayloadType(String type, String revision) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void onAvailable(Runnable callback) {}

        @Override
        public void close() {}

        @Override
        public boolean isClosed() {
            return false;
        }

        @Override
        public Optional<Throwable> getError() {
            return Optional.empty();
        }
    }
}
