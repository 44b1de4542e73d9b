package mutirao.auditoria.query;

import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.reflect.RecordComponent;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import mutirao.analytics.api.AnalyticsQuery.ListarContagens;
import mutirao.analytics.api.Contagem;
import mutirao.api.Actors;
import mutirao.api.AggregateId;
import mutirao.api.PageRequest;
import mutirao.api.Query;
import mutirao.entrega.api.EntregaId;
import mutirao.entrega.api.EntregaQuery.BuscarCodigo;
import mutirao.necessidade.api.NecessidadeQuery.ListarNecessidadesPublicas;
import mutirao.organizacao.api.OrganizacaoQuery.BuscarOrganizacoes;
import mutirao.organizacao.api.OrganizacaoQuery.ListarOrganizacoes;
import mutirao.platform.eventstore.EventLog;
import mutirao.platform.eventstore.EventMeta;
import mutirao.platform.eventstore.RecordedEvent;
import mutirao.platform.identity.Actor;
import mutirao.platform.identity.ActorMetadata;
import mutirao.platform.identity.Role;
import mutirao.platform.projection.Consulta;
import mutirao.platform.projection.Historias;
import mutirao.platform.projection.Tabelas;
import mutirao.platform.query.Queries;
import mutirao.platform.rest.Problem;
import mutirao.ticket.api.TicketId;
import mutirao.ticket.api.TicketQuery.BuscarTicket;
import mutirao.ticket.api.TicketResumo;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.axonframework.messaging.GenericMessage;
import org.axonframework.messaging.responsetypes.ResponseTypes;
import org.axonframework.queryhandling.QueryGateway;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.annotation.ClassPathScanningCandidateComponentProvider;
import org.springframework.core.type.filter.AssignableTypeFilter;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.test.context.TestPropertySource;
import tools.jackson.databind.json.JsonMapper;

/// Two organizations on one installation: whatever one of them asks, nothing comes back of the other, not even a
/// count. Every query that there is is asked; one that is new is asked too.
@Consulta
@TestPropertySource(properties = "spring.application.name=isolamento") // a database of its own
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class IsolamentoTest {
    private static final UUID A = Actors.ORGANIZATION;
    private static final UUID B = new UUID(7, 7);
    private static final Actor DE_A = Actor.caller(new UUID(0, 1), A, EnumSet.allOf(Role.class));
    private static final Actor DE_B = Actor.caller(new UUID(0, 1), B, EnumSet.allOf(Role.class));
    private static final Pattern ID = Pattern.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");
    private static final Set<String> ITEMS =
            Stream.of("outro", "Item Água  ", "Item {}").collect(toSet());

    @Autowired
    Queries queries;

    @Autowired
    QueryGateway gateway;

    @Autowired
    AuditoriaController auditoria;

    @Autowired
    Tabelas tabelas;

    @Autowired
    EventLog log;

    @Autowired
    EventStore store;

    @Autowired
    JsonMapper json;

    private List<EventMeta> deA;
    private List<EventMeta> deB;

    @BeforeAll
    void duas_organizacoes() throws InterruptedException {
        for (int i = 0; i < 20; i++) {
            new Historias(new SplittableRandom(i), A).publicar(store, 3);
            new Historias(new SplittableRandom(1000 + i), B).publicar(store, 2);
        }
        tabelas.emDia();
        var all = log.read(0, log.horizon(), Set.of(), Integer.MAX_VALUE).stream()
                .map(RecordedEvent::meta)
                .toList();
        deA = all.stream().filter(meta -> meta.organizationId().equals(A)).toList();
        deB = all.stream().filter(meta -> meta.organizationId().equals(B)).toList();
        assertThat(deA).hasSizeGreaterThan(200);
        assertThat(deB).hasSizeGreaterThan(200);
    }

    private static final Set<Class<?>> DE_TODOS = Set.of(
            ListarNecessidadesPublicas.class,
            ListarOrganizacoes.class,
            BuscarOrganizacoes.class,
            ListarContagens.class);

    /// All but those that are everybody's, or show what organizations are called; and counts, which name nothing
    /// and have a test of their own.
    static List<Class<?>> perguntas() {
        var scanner = new ClassPathScanningCandidateComponentProvider(false);
        scanner.addIncludeFilter(new AssignableTypeFilter(Query.class));
        return scanner.findCandidateComponents("mutirao").stream()
                .<Class<?>>map(found -> {
                    try {
                        return Class.forName(found.getBeanClassName());
                    } catch (ClassNotFoundException e) {
                        throw new AssertionError(e);
                    }
                })
                .filter(type -> type.isRecord() && !DE_TODOS.contains(type))
                .toList();
    }

    @Test
    void as_contagens_sao_as_dos_proprios_eventos() throws Exception {
        assertThat(contados(DE_A)).isEqualTo(deA.size());
        assertThat(contados(DE_B)).isEqualTo(deB.size());
        assertThat(contados(new Actor(UUID.randomUUID(), UUID.randomUUID(), DE_A.roles(), false)))
                .isZero();
    }

    private long contados(Actor quem) throws Exception {
        return quem
                .does(() -> queries.ask(new ListarContagens(null, new PageRequest(PageRequest.MAX, null, null))))
                .items()
                .stream()
                .mapToLong(Contagem::count)
                .sum();
    }

    @Test
    void todas_as_perguntas_sao_feitas() {
        assertThat(perguntas()).hasSizeGreaterThanOrEqualTo(9);
    }

    static List<Class<?>> perguntasPorAlgo() {
        return perguntas().stream().filter(type -> type != BuscarCodigo.class).toList();
    }

    @ParameterizedTest
    @MethodSource("perguntasPorAlgo")
    void nenhuma_pergunta_traz_o_que_e_de_outra(Class<?> pergunta) throws Exception {
        var proprias = ids(deB);
        var alheias = ids(deA);
        var vistas = new HashSet<String>();
        for (var id : Stream.concat(alheias.stream(), proprias.stream()).toList()) {
            vistas.addAll(mencionadas(DE_B.does(() -> queries.ask(exemplo(pergunta, id)))));
        }
        assertThat(vistas).doesNotContainAnyElementsOf(textos(alheias));

        var propriasDeA = new HashSet<String>();
        for (var id : alheias) {
            propriasDeA.addAll(mencionadas(DE_A.does(() -> queries.ask(exemplo(pergunta, id)))));
        }
        assertThat(propriasDeA)
                .as("the question finds what there is")
                .containsAnyElementsOf(textos(alheias))
                .doesNotContainAnyElementsOf(textos(proprias));
    }

    /// It names nobody and nothing, so it is asked for itself.
    @Test
    void o_codigo_de_outra_nao_existe() throws Exception {
        var entrega = entregasCom("EntregaSolicitada").stream()
                .filter(id -> !entregasCom("EntregaIniciada").contains(id))
                .findFirst()
                .orElseThrow();
        var pergunta = new BuscarCodigo(new EntregaId(entrega));
        assertThat(DE_B.<Object>does(() -> queries.ask(pergunta))).isEqualTo(Optional.empty());
        assertThatThrownBy(() -> DE_A.does(() -> queries.ask(pergunta)))
                .isInstanceOfSatisfying(
                        Problem.class, problem -> assertThat(problem.code()).isEqualTo("ENTREGA_NAO_INICIADA"));
    }

    private Set<UUID> entregasCom(String event) {
        return deA.stream()
                .filter(meta -> meta.type().equals("entrega." + event))
                .map(EventMeta::aggregateUuid)
                .collect(toSet());
    }

    @ParameterizedTest
    @MethodSource("perguntas")
    void sem_ninguem_que_pergunte_nao_ha_resposta(Class<?> pergunta) {
        assertThatThrownBy(() -> emOutraThread(() -> queries.ask(exemplo(pergunta, B))))
                .rootCause()
                .hasMessage("nobody acts here");
    }

    /// As a handler in another process is asked.
    @Test
    void em_outra_thread_responde_a_quem_a_mensagem_diz() throws Exception {
        var ticket = deA.stream()
                .filter(meta -> meta.aggregateType().equals("ticket"))
                .findFirst()
                .orElseThrow()
                .aggregateUuid();
        assertThat(emOutraThread(() -> perguntado(DE_A, ticket))).isPresent();
        assertThat(emOutraThread(() -> perguntado(DE_B, ticket))).isEmpty();
    }

    private Optional<TicketResumo> perguntado(Actor actor, UUID ticket) {
        var message = new GenericMessage<>(new BuscarTicket(new TicketId(ticket)), ActorMetadata.of(actor));
        return gateway.query(message, ResponseTypes.optionalInstanceOf(TicketResumo.class))
                .join();
    }

    /// Nobody is bound to its thread.
    private static <T> T emOutraThread(Callable<T> work) throws Exception {
        try (var threads = Executors.newSingleThreadExecutor()) {
            return threads.submit(work).get();
        }
    }

    @Test
    void a_auditoria_lista_so_o_que_e_da_propria() throws Exception {
        assertThat(DE_B.does(() -> listada(filtro(null, null, null, null))))
                .containsExactlyElementsOf(
                        deB.stream().map(EventMeta::position).toList().reversed());
        for (var meta : deA.subList(0, 100)) {
            for (var filter : filtros(meta)) {
                assertThat(DE_B.does(() -> listada(filter)))
                        .as("%s", filter)
                        .isSubsetOf(deB.stream().map(EventMeta::position).toList());
                assertThat(DE_A.does(() -> listada(filter)))
                        .as("%s", filter)
                        .contains(meta.position())
                        .isSubsetOf(deA.stream().map(EventMeta::position).toList());
            }
        }
    }

    @Test
    void a_auditoria_exporta_so_o_que_e_da_propria() throws Exception {
        var page = new PageRequest(200, null, null);
        var ndjson = new MockHttpServletResponse();
        var csv = new MockHttpServletResponse();
        como(DE_B, () -> {
            auditoria.ndjson(filtro(null, null, null, null), page, ndjson);
            auditoria.csv(filtro(null, null, null, null), page, csv);
            return null;
        });
        assertThat(ndjson.getContentAsString().lines()).hasSameSizeAs(deB);
        assertThat(mencionadas(ndjson.getContentAsString())).doesNotContainAnyElementsOf(textos(ids(deA)));
        assertThat(mencionadas(csv.getContentAsString()))
                .containsAll(textos(ids(deB)))
                .doesNotContainAnyElementsOf(textos(ids(deA)));
    }

    @Test
    void historia_estado_e_correlacao_de_outra_nao_existem() throws Exception {
        var page = new PageRequest(200, null, null);
        for (var meta : deA.subList(0, 100)) {
            var type = meta.aggregateType();
            var id = meta.aggregateUuid();
            List<Callable<Object>> reads = List.of(
                    () -> auditoria.historia(type, id, null, null, page),
                    () -> auditoria.estado(type, id, null, null, null),
                    () -> auditoria.estado(type, id, 0L, null, null),
                    () -> auditoria.estado(type, id, null, meta.timestamp(), null),
                    () -> auditoria.correlacao(Objects.requireNonNull(meta.correlationId())));
            for (var read : reads) {
                assertThat(mencionadas(como(DE_A, read))).contains(id.toString());
                assertThatThrownBy(() -> como(DE_B, read))
                        .isInstanceOfSatisfying(
                                Problem.class,
                                problem -> assertThat(problem.status().value()).isEqualTo(404));
            }
        }
    }

    private static <T> T como(Actor actor, Callable<T> work) throws Exception {
        return actor.does(work);
    }

    private static AuditoriaFilter filtro(String type, UUID id, String event, String correlation) {
        return new AuditoriaFilter(type, id, event, null, correlation, null, null, null, null, null);
    }

    private static List<AuditoriaFilter> filtros(EventMeta meta) {
        var far = Instant.parse("2999-01-01T00:00:00Z");
        return List.of(
                filtro(meta.aggregateType(), null, null, null),
                filtro(null, meta.aggregateUuid(), null, null),
                filtro(null, null, meta.type(), null),
                filtro(null, null, null, meta.correlationId()),
                new AuditoriaFilter(null, null, null, meta.userId(), null, null, null, null, null, null),
                new AuditoriaFilter(null, null, null, null, null, meta.timestamp(), null, null, null, null),
                new AuditoriaFilter(null, null, null, null, null, null, far, null, null, null),
                new AuditoriaFilter(null, null, null, null, null, null, null, meta.timestamp(), null, null),
                new AuditoriaFilter(null, null, null, null, null, null, null, null, far, null));
    }

    private List<Long> listada(AuditoriaFilter filter) {
        var found = new ArrayList<Long>();
        String cursor = null;
        do {
            var page = auditoria.listar(filter, new PageRequest(200, cursor, null));
            page.items().forEach(event -> found.add(event.position().index()));
            cursor = page.next();
        } while (cursor != null);
        return found;
    }

    private static Set<UUID> ids(List<EventMeta> events) {
        return events.stream().map(EventMeta::aggregateUuid).collect(toSet());
    }

    private static Set<String> textos(Set<UUID> ids) {
        return ids.stream().map(UUID::toString).collect(toSet());
    }

    private Set<String> mencionadas(Object answer) {
        return ID.matcher(answer instanceof String text ? text : json.writeValueAsString(answer))
                .results()
                .map(MatchResult::group)
                .collect(toSet());
    }

    /// A question about an id, or about everything.
    private static Query<?> exemplo(Class<?> pergunta, UUID id) throws ReflectiveOperationException {
        var components = pergunta.getRecordComponents();
        var values = new Object[components.length];
        for (int i = 0; i < components.length; i++) {
            values[i] = exemplo(components[i], id);
        }
        var constructor = pergunta.getDeclaredConstructor(
                Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new));
        constructor.setAccessible(true);
        return (Query<?>) constructor.newInstance(values);
    }

    private static Object exemplo(RecordComponent component, UUID id) throws ReflectiveOperationException {
        var type = component.getType();
        if (AggregateId.class.isAssignableFrom(type)) {
            return type.getDeclaredConstructor(UUID.class).newInstance(id);
        }
        if (type == PageRequest.class) {
            return new PageRequest(200, null, null);
        }
        if (type == Set.class) {
            return ITEMS;
        }
        if (type == int.class) {
            return 1000;
        }
        return type == Instant.class
                        && component.getName().equals("availableAt")
                        && component.getDeclaringRecord().getSimpleName().equals("ListarOfertasDe")
                ? Instant.EPOCH
                : null;
    }
}
