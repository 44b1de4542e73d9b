package mutirao.auditoria.query;

import static mutirao.platform.test.Paciencia.PACIENCIA;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import mutirao.api.Actors;
import mutirao.api.Categoria;
import mutirao.api.DomainEvent;
import mutirao.api.Item;
import mutirao.api.Local;
import mutirao.api.Quantia;
import mutirao.entrega.api.EntregaEvent.*;
import mutirao.entrega.api.EntregaId;
import mutirao.necessidade.api.NecessidadeEvent.*;
import mutirao.necessidade.api.NecessidadeId;
import mutirao.necessidade.api.Urgencia;
import mutirao.oferta.api.OfertaId;
import mutirao.platform.eventstore.EventLog;
import mutirao.platform.projection.Consulta;
import mutirao.platform.projection.Tabelas;
import org.axonframework.eventhandling.GenericDomainEventMessage;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.axonframework.messaging.GenericMessage;
import org.axonframework.messaging.MetaData;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.request.MockMvcRequestBuilders;
import org.springframework.test.web.servlet.setup.MockMvcBuilders;
import org.springframework.web.context.WebApplicationContext;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// As known at, and as it happened at. The first test is the worked example of `docs/auditoria.md`.
@Consulta
class DoisTemposTest {
    private static final UUID ANA = UUID.fromString("11111111-1111-1111-1111-111111111111");

    @Autowired
    EventStore store;

    @Autowired
    EventLog log;

    @Autowired
    Tabelas tabelas;

    /// The controllers and what is around them, on the test's own thread, which acts for the coordination.
    private MockMvc mvc;

    @BeforeEach
    void sem_rede(@Autowired WebApplicationContext context) {
        mvc = MockMvcBuilders.webAppContextSetup(context).build();
    }

    private final EntregaId entrega = new EntregaId(UUID.randomUUID());
    private final NecessidadeId necessidade = new NecessidadeId(UUID.randomUUID());
    private final OfertaId oferta = new OfertaId(UUID.randomUUID());
    private final List<Quantia> itens = List.of(new Quantia("água", 40));
    private final List<Item> linhas = List.of(new Item("água", 40, "litro"));
    private final List<GenericDomainEventMessage<DomainEvent>> registro = new ArrayList<>();

    @Test
    void uma_entrega_comecou_as_10_num_celular_sem_sinal_e_foi_registrada_as_14() {
        registrado("09:00", new EntregaSolicitada(entrega, oferta, necessidade, ANA, itens, entrega.value()));
        registrado("09:01", new AssignmentCriado(entrega, ANA, hora("09:16")));
        registrado("09:02", new VoluntarioNotificado(entrega, ANA));
        registrado("09:30", new EntregaAceita(entrega, ANA, hora("23:00")));
        registrado("14:00", new EntregaIniciada(entrega, ANA, oferta, necessidade, itens, hora("10:00")));
        registrado("14:01", new EntregaEmRota(entrega, ANA, -29.98, -51.12, hora("11:15")));
        publicar();

        // What whoever looked at noon saw, and what was the case at noon.
        assertThat(estado("at=" + hora("12:00")).get("status").asString()).isEqualTo("ACEITA");
        var ao_meio_dia = estado("occurredAt=" + hora("12:00"));
        assertThat(ao_meio_dia.get("status").asString()).isEqualTo("EM_ROTA");
        assertThat(ao_meio_dia.at("/position/latitude").asDouble()).isEqualTo(-29.98);
        // At half past ten it had begun, and no position had been taken.
        var as_dez_e_meia = estado("occurredAt=" + hora("10:30"));
        assertThat(as_dez_e_meia.get("status").asString()).isEqualTo("INICIADA");
        assertThat(as_dez_e_meia.get("position").isNull()).isTrue();
        // Both: what was known at noon of half past ten, and what was known of it at half past two.
        assertThat(estado("occurredAt=" + hora("10:30") + "&at=" + hora("12:00"))
                        .get("status")
                        .asString())
                .isEqualTo("ACEITA");
        assertThat(estado("occurredAt=" + hora("10:30") + "&at=" + hora("14:30"))
                        .get("status")
                        .asString())
                .isEqualTo("INICIADA");

        var lista = "/api/auditoria?aggregateId=" + entrega.value();
        assertThat(nomes(lista)).hasSize(6);
        assertThat(nomes(lista + "&at=" + hora("12:00"))).hasSize(4).startsWith("entrega.EntregaAceita");
        assertThat(nomes(lista + "&occurredAt=" + hora("12:00"))).hasSize(6);
        assertThat(nomes(lista + "&occurredAt=" + hora("10:30"))).hasSize(5).startsWith("entrega.EntregaIniciada");
        assertThat(nomes("/api/auditoria?eventType=entrega.EntregaIniciada&occurredAt=" + hora("10:00")))
                .hasSize(1);
        assertThat(nomes("/api/auditoria?eventType=entrega.EntregaIniciada&occurredAt=" + hora("09:59")))
                .isEmpty();
        assertThat(nomes("/api/auditoria/entrega/" + entrega.value() + "?occurredAt=" + hora("10:30")))
                .hasSize(5)
                .endsWith("entrega.EntregaIniciada");
    }

    @Test
    void o_que_foi_escrito_so_depois_traz_consigo_aquilo_em_que_se_apoia() {
        registrado("13:50", new EntregaSolicitada(entrega, oferta, necessidade, ANA, itens, entrega.value()));
        registrado("13:55", new EntregaAceita(entrega, ANA, hora("23:00")));
        registrado("14:00", new EntregaIniciada(entrega, ANA, oferta, necessidade, itens, hora("10:00")));
        registrado("14:05", new EntregaEmRota(entrega, ANA, -29.98, -51.12, null));
        publicar();

        var visto = estado("occurredAt=" + hora("10:30"));
        assertThat(visto.get("status").asString()).isEqualTo("INICIADA");
        assertThat(visto.get("finishUntil").asString()).isEqualTo(hora("23:00").toString());
        assertThat(get(caminho("entrega", entrega.value(), "occurredAt=" + hora("09:59")), 404)
                        .get("code")
                        .asString())
                .isEqualTo("NOT_FOUND");
    }

    @Test
    void o_que_nao_tinha_acontecido_fica_de_fora_enquanto_nada_se_apoia_nele() {
        var place = new Local("Abrigo", null, null);
        registrado(
                "09:00",
                new NecessidadeCriada(
                        necessidade, Categoria.AGUA, linhas(100), place, ANA, Urgencia.ALTA, null, Map.of()));
        registrado("09:30", new NecessidadeComprometida(necessidade, entrega.titular(), linhas));
        registrado(
                "12:00",
                new NecessidadeComprometida(necessidade, new EntregaId(UUID.randomUUID()).titular(), linhas(7)));
        registrado("14:00", new NecessidadeAtendida(necessidade, entrega.titular(), linhas, hora("10:00")));
        publicar();

        var linha = get(caminho("necessidade", necessidade.value(), "occurredAt=" + hora("11:00")), 200)
                .at("/items/0");
        assertThat(linha.get("committed").asLong()).isZero();
        assertThat(linha.get("delivered").asLong()).isEqualTo(40);
        assertThat(linha.get("pending").asLong()).isEqualTo(60);
    }

    @Test
    void uma_quantidade_nunca_fica_abaixo_de_nada_por_faltar_o_compromisso() {
        var place = new Local("Abrigo", null, null);
        registrado(
                "09:00",
                new NecessidadeCriada(
                        necessidade, Categoria.AGUA, linhas(100), place, ANA, Urgencia.ALTA, null, Map.of()));
        registrado("13:55", new NecessidadeComprometida(necessidade, entrega.titular(), linhas));
        registrado("14:00", new NecessidadeAtendida(necessidade, entrega.titular(), linhas, hora("10:00")));
        publicar();

        var linha = get(caminho("necessidade", necessidade.value(), "occurredAt=" + hora("11:00")), 200)
                .at("/items/0");
        assertThat(linha.get("committed").asLong()).isZero();
        assertThat(linha.get("pending").asLong()).isEqualTo(60);
    }

    private static List<Item> linhas(int quantity) {
        return List.of(new Item("água", quantity, "litro"));
    }

    private static Instant hora(String time) {
        return Instant.parse("2026-05-06T" + time + ":00Z");
    }

    private void registrado(String time, DomainEvent event) {
        var metadata = MetaData.with("userId", ANA.toString())
                .and("organizationId", Actors.ORGANIZATION.toString())
                .and("correlationId", UUID.randomUUID().toString())
                .and("source", "rest");
        registro.add(new GenericDomainEventMessage<>(
                event.id().context(),
                event.id().stored(),
                registro.size(),
                new GenericMessage<>(event, metadata),
                hora(time)));
    }

    private void publicar() {
        store.publish(List.copyOf(registro));
        tabelas.legivel(PACIENCIA);
    }

    private static String caminho(String tipo, UUID id, String quando) {
        return "/api/auditoria/" + tipo + "/" + id + "/estado?" + quando;
    }

    private JsonNode estado(String quando) {
        return get(caminho("entrega", entrega.value(), quando), 200);
    }

    private List<String> nomes(String path) {
        return get(path, 200)
                .get("items")
                .valueStream()
                .map(event -> event.get("type").asString())
                .toList();
    }

    private JsonNode get(String path, int status) {
        var minPosition = (path.contains("?") ? "&" : "?") + "minPosition=" + log.horizon();
        try {
            var answer = mvc.perform(MockMvcRequestBuilders.get(URI.create(path + minPosition)))
                    .andReturn()
                    .getResponse();
            assertThat(answer.getStatus())
                    .as(path + " answered " + answer.getContentAsString())
                    .isEqualTo(status);
            return JsonMapper.shared().readTree(answer.getContentAsByteArray());
        } catch (Exception e) { // MockMvc declares it
            throw new IllegalStateException(e);
        }
    }
}
