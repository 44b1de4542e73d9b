package mutirao.pareamento.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import mutirao.api.Actors;
import mutirao.api.Categoria;
import mutirao.api.DomainEvent;
import mutirao.api.Item;
import mutirao.api.Local;
import mutirao.necessidade.api.NecessidadeEvent.NecessidadeCriada;
import mutirao.necessidade.api.NecessidadeId;
import mutirao.necessidade.api.Urgencia;
import mutirao.oferta.api.OfertaEvent.OfertaPublicada;
import mutirao.oferta.api.OfertaId;
import mutirao.platform.eventstore.EventLog;
import mutirao.platform.identity.Actor;
import mutirao.platform.identity.Role;
import mutirao.platform.projection.Consulta;
import mutirao.platform.projection.Tabelas;
import mutirao.platform.rest.Problem;
import org.awaitility.Awaitility;
import org.axonframework.eventhandling.GenericDomainEventMessage;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.axonframework.messaging.MetaData;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.context.TestPropertySource;

/// Simulations over a recorded history, longer than one fetch.
@Consulta
@TestPropertySource(properties = "spring.application.name=simulacoes") // a database of its own
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SimulacoesTest {
    private static final Instant FROM = Instant.parse("2020-01-01T00:00:00Z");
    private static final Instant TO = Instant.parse("2999-01-01T00:00:00Z");
    private static final int PARES = 3000;

    @Autowired
    Simulacoes simulacoes;

    @Autowired
    EventLog log;

    @Autowired
    EventStore store;

    @Autowired
    Tabelas tabelas;

    @Autowired
    JdbcClient db;

    @BeforeAll
    void uma_historia() throws InterruptedException {
        var agua = List.of(new Item("água", 1, "litro"));
        for (int i = 0; i < PARES; i++) {
            // Too far from each other for more than one match each.
            var place = new Local("x", -80 + i * 0.05, 0.0);
            var need = new NecessidadeId(new UUID(1, i));
            var offer = new OfertaId(new UUID(2, i));
            store.publish(
                    message(new NecessidadeCriada(
                            need, Categoria.AGUA, agua, place, new UUID(0, 9), Urgencia.ALTA, null, Map.of())),
                    message(new OfertaPublicada(offer, Categoria.AGUA, agua, new UUID(0, 8), place, TO, Map.of())));
        }
        tabelas.emDia();
        // A follower's row comes after it, and is compared too.
        Awaitility.await()
                .until(() -> db.sql("select count(*) from follower where position < ?")
                                .param(log.horizon())
                                .query((row, _) -> row.getLong(1))
                                .single()
                        == 0);
    }

    private static GenericDomainEventMessage<DomainEvent> message(DomainEvent event) {
        return new GenericDomainEventMessage<>(
                event.id().context(),
                event.id().stored(),
                0,
                event,
                MetaData.with("organizationId", Actors.ORGANIZATION.toString()));
    }

    @Test
    void diz_tudo_e_nao_toca_em_nada() {
        var before = tables();
        var seen = new ArrayList<Long>();
        var fim = simulacoes.run(new Parametros(1, Parametros.Pesos.PADRAO), FROM, TO, (position, upTo) -> {
            assertThat(upTo).isEqualTo(2 * PARES);
            seen.add(position);
        });
        assertThat(tables()).isEqualTo(before);
        assertThat(before).containsKeys("domain_event", "follower", "necessidade_v2", "oferta_v3");

        assertThat(fim.position().index()).isEqualTo(2 * PARES);
        assertThat(fim.events()).isEqualTo(2 * PARES);
        assertThat(fim.unreadable()).isZero();
        assertThat(fim.needs().considered()).isEqualTo(PARES);
        assertThat(fim.needs().onlySimulated()).isEqualTo(PARES);
        assertThat(fim.matches()).hasSize(Comparacao.MOST);
        assertThat(fim.truncated()).isTrue();
        assertThat(seen).isSorted().hasSizeGreaterThan(PARES);
    }

    /// Not even how much there is of it.
    @Test
    void o_que_e_de_outra_organizacao_nao_conta() throws Exception {
        var outra = Actor.caller(new UUID(0, 2), new UUID(0, 99), EnumSet.of(Role.COORDENADOR));
        var nada = outra.does(() -> simulacoes.run(Parametros.PADRAO, FROM, TO, (_, _) -> {}));
        assertThat(nada.events()).isZero();
        assertThat(nada.needs().considered()).isZero();
        assertThat(nada.matches()).isEmpty();
    }

    @Test
    void o_que_foi_gravado_antes_do_periodo_e_conhecido_e_o_depois_nao() {
        var later = simulacoes.run(Parametros.PADRAO, TO.minusSeconds(1), TO, (_, _) -> {});
        assertThat(later.events()).isZero();
        assertThat(later.needs().considered()).isEqualTo(PARES);
        var earlier = simulacoes.run(Parametros.PADRAO, FROM.minusSeconds(1), FROM, (_, _) -> {});
        assertThat(earlier.events()).isZero();
        assertThat(earlier.needs().considered()).isZero();
    }

    @Test
    void so_uma_de_cada_vez_e_quem_desiste_libera_a_vez() {
        simulacoes.run(Parametros.PADRAO, FROM, TO, (position, _) -> {
            if (position == 0) {
                assertThatExceptionOfType(Problem.class)
                        .isThrownBy(() -> simulacoes.run(Parametros.PADRAO, FROM, TO, (_, _) -> {}))
                        .satisfies(
                                problem -> assertThat(problem.status().value()).isEqualTo(429));
            }
        });
        assertThatExceptionOfType(IllegalStateException.class)
                .isThrownBy(() -> simulacoes.run(Parametros.PADRAO, FROM, TO, (_, _) -> {
                    throw new IllegalStateException("gone");
                }));
        simulacoes.run(Parametros.PADRAO, FROM, TO, (_, _) -> {});
    }

    private Map<String, String> tables() {
        var contents = new TreeMap<String, String>();
        db.sql("select tablename from pg_tables where schemaname = 'public'")
                .query((row, _) -> row.getString(1))
                .list()
                .forEach(table -> contents.put(
                        table,
                        db.sql("select count(*) || ' ' || md5(coalesce(string_agg(t::text, '|' order by t::text), ''))"
                                        + " from " + table + " t")
                                .query((row, _) -> row.getString(1))
                                .single()));
        return contents;
    }
}
