package mutirao.pareamento.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.UUID;
import mutirao.api.Actors;
import mutirao.api.Categoria;
import mutirao.api.DomainEvent;
import mutirao.api.Item;
import mutirao.api.Local;
import mutirao.entrega.api.EntregaId;
import mutirao.necessidade.api.NecessidadeEvent;
import mutirao.necessidade.api.NecessidadeEvent.*;
import mutirao.necessidade.api.NecessidadeId;
import mutirao.necessidade.api.NecessidadeResumo;
import mutirao.necessidade.api.Urgencia;
import mutirao.oferta.api.OfertaEvent;
import mutirao.oferta.api.OfertaEvent.*;
import mutirao.oferta.api.OfertaId;
import mutirao.oferta.api.OfertaResumo;
import mutirao.pareamento.query.Comparacao.Contagem;
import mutirao.pareamento.query.Parametros.Pesos;
import mutirao.platform.eventstore.EventMeta;
import mutirao.platform.projection.Projection;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.annotation.ClassPathBeanDefinitionScanner;
import org.springframework.core.ResolvableType;
import org.springframework.core.type.filter.AssignableTypeFilter;

/// Hand-made histories; times are hours after the beginning of the period, which lasts ten.
class SimulacaoTest {
    private static final long SEED = Long.getLong("semente", System.nanoTime());
    private static final Instant FROM = Instant.parse("2026-05-06T12:00:00Z");
    private static final Instant TO = FROM.plus(Duration.ofHours(10));
    private static final AnnotationConfigApplicationContext FOLDS = folds();

    private final Map<String, Long> versions = new HashMap<>();
    private final NecessidadeId necessidade = new NecessidadeId(new UUID(1, 1));
    private final OfertaId oferta = new OfertaId(new UUID(2, 1));
    private final EntregaId entrega = new EntregaId(new UUID(3, 1));
    private Parametros parametros = Parametros.PADRAO;
    private Simulacao simulacao = simulacao();

    /// The read models' own projections, as the application finds them.
    private static AnnotationConfigApplicationContext folds() {
        var context = new AnnotationConfigApplicationContext();
        var scanner = new ClassPathBeanDefinitionScanner(context, false);
        scanner.addIncludeFilter(new AssignableTypeFilter(Projection.class));
        scanner.scan("mutirao.necessidade.query", "mutirao.oferta.query");
        context.refresh();
        return context;
    }

    private static <E extends DomainEvent, R extends Record> Projection<E, R> fold(Class<E> events, Class<R> rows) {
        ObjectProvider<Projection<E, R>> found =
                FOLDS.getBeanProvider(ResolvableType.forClassWithGenerics(Projection.class, events, rows));
        return found.getObject();
    }

    private Simulacao simulacao() {
        return new Simulacao(
                fold(NecessidadeEvent.class, NecessidadeResumo.class),
                fold(OfertaEvent.class, OfertaResumo.class),
                parametros,
                FROM,
                TO,
                () -> {});
    }

    @BeforeEach
    void nada_antes() {
        versions.clear();
    }

    @Test
    void o_que_foi_atendido_cinco_horas_depois_teria_sido_na_hora() {
        em(1, publicada(oferta, 10, 0, 100));
        em(2, criada(necessidade, 10));
        em(7, reservada(oferta, entrega, 10));
        em(7, comprometida(necessidade, entrega, 10));
        em(9, new ReservaBaixada(oferta, entrega.value(), litros(10), entrega.titular(), Outcome.DELIVERED));
        em(9, new NecessidadeAtendida(necessidade, entrega.titular(), agua(10), null));

        var fim = fim();
        assertThat(fim.needs()).isEqualTo(new Contagem(1, 1, 0, 1, 0, 0, 1, 0, 5 * 3600L));
        assertThat(fim.matches()).singleElement().satisfies(match -> {
            assertThat(match.metAt()).isEqualTo(aos(2));
            assertThat(match.actuallyMetAt()).isEqualTo(aos(7));
            assertThat(match.secondsSooner()).isEqualTo(5 * 3600);
            assertThat(match.offers()).singleElement().satisfies(part -> {
                assertThat(part.ofertaId()).isEqualTo(oferta.value());
                assertThat(part.distanceKm()).isZero();
                assertThat(part.items()).containsExactly(new Comparacao.Unidades("água", "litro", 10));
            });
        });
        assertThat(fim.events()).isEqualTo(6);
    }

    @Test
    void a_oferta_que_chega_depois_serve_quem_esperava_e_primeiro_o_mais_urgente() {
        var critica = new NecessidadeId(new UUID(1, 2));
        em(-5, criada(necessidade, 10));
        em(
                1,
                new NecessidadeCriada(
                        critica, Categoria.AGUA, agua(10), lugar(0), new UUID(0, 9), Urgencia.CRITICA, null, Map.of()));
        em(3, publicada(oferta, 15, 0, 100));
        em(4, publicada(new OfertaId(new UUID(2, 2)), 3, 0, 100));

        var fim = fim();
        assertThat(fim.matches())
                .extracting(Comparacao.Atendimento::necessidadeId, Comparacao.Atendimento::metAt)
                .containsExactly(tuple(critica.value(), aos(3)), tuple(necessidade.value(), null));
        assertThat(fim.matches().getLast().offers())
                .extracting(part -> part.items().getFirst().quantity())
                .containsExactly(5L, 3L);
        assertThat(fim.needs()).isEqualTo(new Contagem(2, 1, 1, 0, 1, 0, 0, 0, null));
    }

    @Test
    void o_que_estava_aberto_no_comeco_e_atendido_no_comeco() {
        em(-50, criada(necessidade, 10));
        em(-40, publicada(oferta, 10, 0, 100));

        assertThat(fim().matches())
                .singleElement()
                .satisfies(match -> assertThat(match.metAt()).isEqualTo(FROM));
    }

    @Test
    void fora_do_raio_ninguem_e_atendido() {
        parametros = new Parametros(11, Pesos.PADRAO);
        simulacao = simulacao();
        em(1, publicada(oferta, 10, 0.1, 100));
        em(2, criada(necessidade, 10));

        assertThat(fim().needs()).isEqualTo(new Contagem(1, 0, 0, 0, 0, 0, 0, 0, null));
    }

    @Test
    void uma_oferta_terminada_nao_e_usada_nem_antes_de_seu_evento() {
        em(1, publicada(oferta, 10, 0, 2));
        em(2, criada(necessidade, 10));
        em(3, new OfertaExpirada(oferta, aos(2), OfertaExpirada.PRAZO));
        em(4, criada(new NecessidadeId(new UUID(1, 2)), 1));

        assertThat(fim().needs()).isEqualTo(new Contagem(2, 0, 0, 0, 0, 0, 0, 0, null));
    }

    @Test
    void uma_necessidade_cancelada_nao_conta_e_devolve() {
        var outra = new NecessidadeId(new UUID(1, 2));
        em(1, publicada(oferta, 10, 0, 100));
        em(2, criada(necessidade, 10));
        em(3, criada(outra, 10));
        em(4, new NecessidadeCancelada(necessidade, "engano", List.of()));

        var fim = fim();
        assertThat(fim.needs().considered()).isEqualTo(1);
        assertThat(fim.matches()).singleElement().satisfies(match -> {
            assertThat(match.necessidadeId()).isEqualTo(outra.value());
            assertThat(match.metAt()).isEqualTo(aos(4));
        });
    }

    @Test
    void o_que_a_vida_prometeu_antes_do_periodo_fica_e_o_do_periodo_nao_conta() {
        var antes = new EntregaId(new UUID(3, 2));
        em(-9, publicada(oferta, 10, 0, 100));
        em(-9, criada(necessidade, 10));
        em(-8, reservada(oferta, antes, 4));
        em(-8, comprometida(necessidade, antes, 4));
        em(1, reservada(oferta, entrega, 6));
        em(1, comprometida(necessidade, entrega, 6));
        em(2, new CompromissoLiberado(necessidade, entrega.titular(), agua(6)));
        em(2, new ReservaCancelada(oferta, entrega.value(), litros(6), entrega.titular()));
        em(5, new CompromissoLiberado(necessidade, antes.titular(), agua(4)));
        em(6, new ReservaCancelada(oferta, antes.value(), litros(4), antes.titular()));

        var fim = fim();
        assertThat(fim.needs()).isEqualTo(new Contagem(1, 1, 0, 0, 1, 0, 0, 0, null));
        assertThat(fim.matches().getFirst().metAt()).isEqualTo(aos(6));
        assertThat(fim.matches().getFirst().offers())
                .extracting(part -> part.items().getFirst().quantity())
                .containsExactly(6L, 4L);
    }

    @Test
    void quem_recebeu_uma_promessa_nao_vence() {
        em(1, publicada(oferta, 3, 0, 100));
        em(
                2,
                new NecessidadeCriada(
                        necessidade,
                        Categoria.AGUA,
                        agua(10),
                        lugar(0),
                        new UUID(0, 9),
                        Urgencia.ALTA,
                        aos(4),
                        Map.of()));
        em(4, new NecessidadeExpirada(necessidade, aos(4)));
        em(5, publicada(new OfertaId(new UUID(2, 2)), 7, 0, 100));

        assertThat(fim().matches()).singleElement().satisfies(match -> {
            assertThat(match.metAt()).isEqualTo(aos(5));
            assertThat(match.offers()).hasSize(2);
        });
    }

    @Test
    void depois_do_periodo_nada_acontece() {
        em(1, criada(necessidade, 10));
        em(10, publicada(oferta, 10, 0, 100));
        em(11, comprometida(necessidade, entrega, 10));

        assertThat(fim().needs()).isEqualTo(new Contagem(1, 0, 0, 0, 0, 0, 0, 0, null));
    }

    @Test
    void nunca_da_mais_do_que_ha_e_nunca_deixa_o_que_cabe() {
        var random = new SplittableRandom(SEED);
        for (int round = 0; round < 30; round++) {
            versions.clear();
            simulacao = simulacao();
            var published = new HashMap<UUID, Long>();
            var requested = new HashMap<UUID, Long>();
            var perto = new HashSet<UUID>();
            for (int i = 0; i < 60; i++) {
                var hour = -3 + i / 5;
                var n = random.nextInt(1, 20);
                if (random.nextBoolean()) {
                    var id = new OfertaId(new UUID(round, i));
                    published.put(id.value(), (long) n);
                    var graus = random.nextDouble(0.6);
                    if (graus < 0.44) { // 50 km are 0.4497 degrees
                        perto.add(id.value());
                    }
                    em(hour, publicada(id, n, graus, 100));
                } else {
                    var id = new NecessidadeId(new UUID(round, i));
                    requested.put(id.value(), (long) n);
                    em(hour, criada(id, n));
                }
            }
            var given = new HashMap<UUID, Long>();
            var received = new HashMap<UUID, Long>();
            for (var need : simulacao.needs()) {
                for (var part : need.parts()) {
                    assertThat(part.pair().distanceKm()).isLessThanOrEqualTo(50);
                    part.quotas().forEach(quota -> {
                        given.merge(part.pair().offer().id(), quota.quantity(), Long::sum);
                        received.merge(need.missing().id(), quota.quantity(), Long::sum);
                    });
                }
            }
            assertThat(given).as("seed " + SEED).isNotEmpty();
            given.forEach((id, units) -> assertThat(units).as("seed " + SEED).isLessThanOrEqualTo(published.get(id)));
            received.forEach(
                    (id, units) -> assertThat(units).as("seed " + SEED).isLessThanOrEqualTo(requested.get(id)));
            assertThat(received.values().stream().mapToLong(n -> n).sum())
                    .isEqualTo(given.values().stream().mapToLong(n -> n).sum());
            var left = published.keySet().stream()
                    .filter(id -> perto.contains(id) && given.getOrDefault(id, 0L) < published.get(id))
                    .count();
            var missing = requested.keySet().stream()
                    .filter(id -> received.getOrDefault(id, 0L) < requested.get(id))
                    .count();
            assertThat(Math.min(left, missing)).as("seed " + SEED).isZero();
        }
    }

    private void em(long hour, DomainEvent event) {
        var version = versions.merge(event.id().stored(), 1L, Long::sum) - 1;
        simulacao.on(
                event,
                new EventMeta(
                        versions.size(),
                        "e",
                        "t",
                        null,
                        event.id().context(),
                        event.id().stored(),
                        version,
                        aos(hour),
                        new UUID(0, 0),
                        Actors.ORGANIZATION,
                        null,
                        null,
                        null));
    }

    private Comparacao fim() {
        return Comparacao.of(parametros, FROM, TO, 0, simulacao, 0);
    }

    private static Instant aos(long hours) {
        return FROM.plus(Duration.ofHours(hours));
    }

    private static List<Item> agua(long quantity) {
        return List.of(new Item("água", quantity, "litro"));
    }

    private static List<Item> litros(long quantity) {
        return List.of(new Item("AGUA", quantity, "Litro"));
    }

    private static Local lugar(double graus) {
        return new Local("lugar", -30 + graus, -51.0);
    }

    private static NecessidadeCriada criada(NecessidadeId id, long quantity) {
        return new NecessidadeCriada(
                id, Categoria.AGUA, agua(quantity), lugar(0), new UUID(0, 9), Urgencia.ALTA, null, Map.of());
    }

    private static OfertaPublicada publicada(OfertaId id, long quantity, double graus, long until) {
        return new OfertaPublicada(
                id, Categoria.AGUA, litros(quantity), new UUID(0, 8), lugar(graus), aos(until), Map.of());
    }

    private static OfertaReservada reservada(OfertaId id, EntregaId entrega, long quantity) {
        return new OfertaReservada(id, entrega.value(), new UUID(0, 7), litros(quantity), TO, entrega.titular());
    }

    private static NecessidadeComprometida comprometida(NecessidadeId id, EntregaId entrega, long quantity) {
        return new NecessidadeComprometida(id, entrega.titular(), agua(quantity));
    }
}
