package mutirao.platform.eventstore;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import mutirao.oferta.api.OfertaEvent.OfertaExpirada;
import mutirao.oferta.api.OfertaId;
import mutirao.platform.test.TestDatabase;
import org.axonframework.common.jdbc.DataSourceConnectionProvider;
import org.axonframework.common.transaction.NoTransactionManager;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventhandling.GenericDomainEventMessage;
import org.axonframework.eventsourcing.eventstore.EmbeddedEventStore;
import org.axonframework.eventsourcing.eventstore.jdbc.JdbcEventStorageEngine;
import org.axonframework.eventsourcing.eventstore.jpa.SQLStateResolver;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.postgresql.ds.PGSimpleDataSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/// Events stored in an older revision are read as today's, by every reader of PostgreSQL, and stay as they are; of Axon
/// Server's log, [RegistroNoAxonServerTest] says so.
class UpcastersTest {
    private static final Instant FIM = Instant.parse("2026-05-06T21:00:00Z");

    private final OfertaId antiga = new OfertaId(new UUID(0, 1));
    private final OfertaId nova = new OfertaId(new UUID(0, 2));
    private final OfertaId outra = new OfertaId(new UUID(0, 3));
    private final EventTypes types = new EventTypes(Context.all());
    private final NamedEventSerializer json = new NamedEventSerializer(types, new AxonJson());
    private JdbcClient db;
    private EmbeddedEventStore store;
    private PostgresEventLog log;

    @BeforeEach
    void uma_de_cada_revisao() {
        var pool = new PGSimpleDataSource();
        pool.setUrl(TestDatabase.fresh());
        pool.setUser("postgres");
        Flyway.configure()
                .dataSource(pool)
                .locations("classpath:db/migration")
                .load()
                .migrate();
        db = JdbcClient.create(pool);
        var horizon = new Horizon(pool);
        var engine = new JsonbEventStorageEngine(
                JdbcEventStorageEngine.builder()
                        .snapshotSerializer(json)
                        .eventSerializer(json)
                        .connectionProvider(new DataSourceConnectionProvider(pool))
                        .persistenceExceptionResolver(new SQLStateResolver("23505")),
                NoTransactionManager.instance(),
                Upcasters.of(Context.all()),
                horizon,
                (_, _) -> {});
        store = EmbeddedEventStore.builder().storageEngine(engine).build();
        log = new PostgresEventLog(horizon, types, engine::upcast, db);
        primeira(antiga);
        var expirada = new OfertaExpirada(nova, FIM, "OUTRO");
        store.publish(new GenericDomainEventMessage<>("oferta", nova.stored(), 0, expirada));
        primeira(outra);
    }

    /// As the program wrote it before it had a reason.
    private void primeira(OfertaId id) {
        db.sql("""
                        insert into domain_event (event_identifier, aggregate_identifier, sequence_number, type,
                            time_stamp, payload_type, payload_revision, payload, meta_data)
                        values (?, ?, 0, 'oferta', now(), 'oferta.OfertaExpirada', '1', ?::jsonb, '{}')
                        """)
                .params(
                        UUID.randomUUID().toString(),
                        id.stored(),
                        "{\"id\": \"%s\", \"availableUntil\": \"%s\"}".formatted(id.value(), FIM))
                .update();
    }

    @AfterEach
    void fecha() {
        store.shutDown();
    }

    @Test
    void o_log_as_le_em_ordem_e_diz_como_estao_guardadas() {
        for (var read : List.of(
                log.read(0, log.advance(), Set.of("oferta"), 10), // as followers and rebuilds do
                log.read(0, log.advance(), Set.of(), 10), // the newest out of memory
                log.at(List.of(3L, 1L, 2L)))) { // as the audit does
            assertThat(read).extracting(RecordedEvent::event).containsExactlyElementsOf(esperadas());
            assertThat(read)
                    .extracting(event ->
                            event.meta().position() + " " + event.meta().revision())
                    .containsExactly("1 1", "2 2", "3 1");
            assertThat(read.getFirst().json()).doesNotContain("reason");
            assertThat(read.get(1).json()).contains("OUTRO");
        }
        assertThat(log.read(0, 3, Set.of(), 1)).extracting(RecordedEvent::event).containsExactly(esperada(antiga));
    }

    @Test
    void um_agregado_as_le() {
        var read = Stream.of(antiga, nova, outra)
                .flatMap(id -> store.readEvents(id.stored()).asStream())
                .<Object>map(DomainEventMessage::getPayload)
                .toList();
        assertThat(read).isEqualTo(esperadas());
    }

    private List<OfertaExpirada> esperadas() {
        return List.of(esperada(antiga), new OfertaExpirada(nova, FIM, "OUTRO"), esperada(outra));
    }

    private static OfertaExpirada esperada(OfertaId id) {
        return new OfertaExpirada(id, FIM, OfertaExpirada.PRAZO);
    }
}
