package mutirao.auditoria.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.stream.Stream;
import mutirao.api.PageRequest;
import mutirao.platform.eventstore.EventLog;
import mutirao.platform.eventstore.RecordedEvent;
import mutirao.platform.projection.Consulta;
import mutirao.platform.projection.Historias;
import mutirao.platform.projection.ReadModel;
import mutirao.platform.projection.Rows;
import mutirao.platform.projection.Tabelas;
import mutirao.platform.projection.Table;
import mutirao.platform.rest.Problem;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// The audit tells of random histories what the projections made of them, at every version and instant.
@Consulta
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class HistoriaTest {
    private static final PageRequest TODA = new PageRequest(PageRequest.MAX, null, null);

    private static final long SEED = Long.getLong("semente", System.nanoTime());
    private static final Momento AGORA = new Momento(null, null, null);

    @Autowired
    Historia historia;

    @Autowired
    AuditoriaQueries queries;

    @Autowired
    List<ReadModel<?>> models;

    @Autowired
    Tabelas tabelas;

    @Autowired
    EventLog log;

    @Autowired
    EventStore store;

    @Autowired
    JdbcClient db;

    @Autowired
    JsonMapper json;

    @BeforeAll
    void cem_historias() throws InterruptedException {
        new Historias(new SplittableRandom(SEED)).publicar(store, 100);
        tabelas.emDia();
    }

    @ParameterizedTest
    @ValueSource(strings = {"necessidade", "oferta", "entrega", "ticket"})
    void o_estado_de_agora_e_a_linha_da_projecao(String tipo) {
        var linhas = linhas(modelo(tipo));
        assertThat(linhas).isNotEmpty();
        linhas.forEach((id, linha) ->
                assertThat(historia.estado(tipo, id, AGORA)).as("seed " + SEED).isEqualTo(linha));
    }

    @ParameterizedTest
    @ValueSource(strings = {"necessidade", "oferta", "entrega", "ticket"})
    void o_estado_de_cada_versao_e_o_fold_ate_ali(String tipo) {
        linhas(modelo(tipo))
                .keySet()
                .forEach(id -> dobrados(modelo(tipo), id)
                        .forEach((versao, linha) -> assertThat(
                                        historia.estado(tipo, id, new Momento(versao, null, null)))
                                .as("seed " + SEED)
                                .isEqualTo(linha)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"necessidade", "oferta", "entrega", "ticket"})
    void as_mudancas_em_sequencia_dao_cada_estado(String tipo) {
        linhas(modelo(tipo)).keySet().forEach(id -> {
            JsonNode visao = null;
            for (var evento : historia(tipo, id)) {
                assertThat(evento.note()).isNull();
                visao = Mudancas.aplicadas(visao, evento.changes());
                for (var alheio : evento.foreign()) {
                    assertThat(alheio.aggregateId()).isNotEqualTo(id);
                    visao = Mudancas.aplicadas(visao, alheio.changes());
                }
                var estado = historia.estado(
                        tipo, id, new Momento(evento.event().row().version(), null, null));
                assertThat(Mudancas.semNulos(visao))
                        .as("seed " + SEED)
                        .isEqualTo(Mudancas.semNulos(json.valueToTree(estado)));
            }
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"necessidade", "oferta", "entrega", "ticket"})
    void em_cada_instante_do_registro_vale_o_que_estava_registrado(String tipo) {
        linhas(modelo(tipo)).keySet().forEach(id -> {
            for (var evento : queries.ofView(tipo, id, 0, 1000)) {
                var instante = evento.row().timestamp();
                var visto = historia.estado(tipo, id, new Momento(null, instante, null));
                assertThat(visto).as("seed " + SEED).isEqualTo(dobrado(modelo(tipo), id, instante));
            }
            var antes =
                    queries.ofView(tipo, id, 0, 1).getFirst().row().timestamp().minusNanos(1000);
            assertThatThrownBy(() -> historia.estado(tipo, id, new Momento(null, antes, null)))
                    .isInstanceOf(Problem.class)
                    .hasMessage("não existe");
        });
    }

    /// Some say that they happened long before or after: no order of times may break a fold.
    @ParameterizedTest
    @ValueSource(strings = {"necessidade", "oferta", "entrega", "ticket"})
    void em_nenhum_instante_do_acontecido_o_estado_se_quebra(String tipo) {
        linhas(modelo(tipo)).keySet().forEach(id -> {
            for (var evento : queries.ofView(tipo, id, 0, 1000)) {
                for (var instante :
                        List.of(evento.row().occurredAt(), evento.row().timestamp())) {
                    try {
                        assertThat(historia.estado(tipo, id, new Momento(null, null, instante)))
                                .isNotNull();
                    } catch (Problem nada) {
                        assertThat(nada.getMessage()).as("seed " + SEED).isEqualTo("não existe");
                    }
                }
            }
            assertThat(historia.estado(tipo, id, new Momento(null, null, Instant.parse("2999-01-01T00:00:00Z"))))
                    .isEqualTo(historia.estado(tipo, id, AGORA));
        });
    }

    @Test
    void paginas_da_historia_sao_a_historia_em_pedacos() {
        linhas(modelo("entrega")).keySet().forEach(id -> {
            var inteira = historia("entrega", id);
            for (int limite = 1; limite <= 3; limite++) {
                var juntas = new java.util.ArrayList<EventoComMudancas>();
                String proxima = null;
                do {
                    var pagina = historia.pagina("entrega", id, new PageRequest(limite, proxima, null), null, null);
                    assertThat(pagina.items()).hasSizeLessThanOrEqualTo(limite);
                    juntas.addAll(pagina.items());
                    proxima = pagina.next();
                } while (proxima != null);
                assertThat(juntas).isEqualTo(inteira);
            }
        });
    }

    @Test
    void o_que_nao_pode_ser_aplicado_e_mostrado_sem_mudancas_e_o_estado_nao_se_inventa() {
        var id = linhas(modelo("ticket")).keySet().iterator().next();
        var quebrada = new Historia(queries, log, List.of(new Quebrado<>(modelo("ticket"))), json);

        var eventos = quebrada.pagina("ticket", id, TODA, null, null).items();
        assertThat(eventos.get(0).note()).isNull();
        assertThat(eventos.get(0).changes()).isNotEmpty();
        assertThat(eventos.get(1).note()).startsWith("não pôde ser aplicado");
        assertThat(eventos.get(2).note()).startsWith("um evento anterior");
        assertThat(eventos.subList(1, eventos.size())).allSatisfy(evento -> {
            assertThat(evento.changes()).isEmpty();
            assertThat(evento.event().payload()).startsWith("{");
        });
        assertThatThrownBy(() -> quebrada.estado("ticket", id, AGORA))
                .isInstanceOfSatisfying(
                        Problem.class, problem -> assertThat(problem.code()).isEqualTo("EVENTO_ILEGIVEL"));
        assertThat(quebrada.estado("ticket", id, new Momento(0L, null, null)))
                .isEqualTo(historia.estado("ticket", id, new Momento(0L, null, null)));
    }

    @Test
    void um_agregado_sem_visao_tem_historia_mas_nao_estado() {
        var id = linhas(modelo("oferta")).keySet().iterator().next();
        var semVisao = new Historia(queries, log, List.of(modelo("ticket")), json);
        assertThat(semVisao.pagina("oferta", id, TODA, null, null).items())
                .hasSameSizeAs(historia("oferta", id))
                .allSatisfy(evento -> assertThat(evento.note()).contains("não tem visão"));
        assertThatThrownBy(() -> semVisao.estado("oferta", id, AGORA))
                .isInstanceOfSatisfying(
                        Problem.class, problem -> assertThat(problem.code()).isEqualTo("SEM_VISAO"));
    }

    /// A read model of a version of the program that cannot take the second event of an aggregate.
    private record Quebrado<R extends Record>(ReadModel<R> model) implements ReadModel<R> {
        @Override
        public Table<R> table() {
            return model.table();
        }

        @Override
        public Object keyOf(RecordedEvent event) {
            return model.keyOf(event);
        }

        @Override
        public R evolve(R row, RecordedEvent event) {
            if (event.meta().version() == 1) {
                throw new IllegalStateException("quebrado");
            }
            return model.evolve(row, event);
        }
    }

    private List<EventoComMudancas> historia(String tipo, UUID id) {
        var pagina = historia.pagina(tipo, id, TODA, null, null);
        assertThat(pagina.next()).isNull();
        return pagina.items();
    }

    private ReadModel<?> modelo(String tipo) {
        return models.stream()
                .filter(model -> model.table().name().equals(tipo))
                .findFirst()
                .orElseThrow();
    }

    private <R extends Record> Map<UUID, R> linhas(ReadModel<R> model) {
        var rows = new Rows<>(model.table());
        var found = new HashMap<UUID, R>();
        db.sql("select " + rows.columns() + " from " + Tabelas.nome(model)).query(row -> {
            found.put(row.getObject("id", UUID.class), rows.read(row));
        });
        return found;
    }

    /// What the projection makes of the whole log for one key, while its own aggregate has each version.
    private <R extends Record> Map<Long, R> dobrados(ReadModel<R> model, UUID id) {
        var states = new HashMap<Long, R>();
        R row = null;
        var version = -1L;
        for (var event : (Iterable<RecordedEvent>) todos(model, id)::iterator) {
            row = model.next(row, event);
            version = event.meta().aggregateUuid().equals(id) ? event.meta().version() : version;
            if (row != null) {
                states.put(version, row);
            }
        }
        return states;
    }

    private <R extends Record> R dobrado(ReadModel<R> model, UUID id, Instant at) {
        R row = null;
        for (var event : (Iterable<RecordedEvent>) todos(model, id)::iterator) {
            row = event.meta().timestamp().isAfter(at) ? row : model.next(row, event);
        }
        return row;
    }

    private Stream<RecordedEvent> todos(ReadModel<?> model, UUID id) {
        return log.read(0, log.horizon(), model.table().contexts(), Integer.MAX_VALUE).stream()
                .filter(event -> id.equals(model.keyOf(event)));
    }
}
