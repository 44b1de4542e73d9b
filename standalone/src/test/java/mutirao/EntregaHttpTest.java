package mutirao;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import mutirao.platform.identity.Role;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;

@Aplicacao
class EntregaHttpTest {
    private static final UUID QUEM_PEDIU = UUID.fromString("11111111-1111-1111-1111-111111111111");

    @Autowired
    Api api;

    @Autowired
    JdbcClient db;

    UUID necessidade;
    UUID oferta;

    @BeforeEach
    void uma_necessidade_e_uma_oferta() {
        necessidade =
                api.como(QUEM_PEDIU).necessidade("Água mineral", 100).com(201).id();
        oferta = api.oferta("água MINERAL", 60).com(201).id();
    }

    @Test
    void vai_da_oferta_a_necessidade_ate_o_fim() {
        var entrega = entregaIniciada();

        var volunteer = api.como(Quem.TODOS.com(Role.VOLUNTARIO));
        volunteer.get("/api/entregas/" + entrega + "/codigo").com(403);
        api.get("/api/entregas/" + UUID.randomUUID() + "/codigo").com(404);
        var codigo = codigo(entrega);
        assertThat(concluir(entrega, "x" + codigo).com(409).code()).isEqualTo("CODIGO_INCORRETO");
        concluir(entrega, codigo).com(200);

        var fim = api.ate(
                "/api/entregas/" + entrega, visto -> estado(visto, "ATENDER").equals("DONE"));
        assertThat(fim.get("status").asString()).isEqualTo("CONCLUIDA");
        assertThat(fim.get("steps"))
                .allSatisfy(passo -> assertThat(passo.get("state").asString()).isEqualTo("DONE"));
        assertThat(linha("/api/ofertas/" + oferta))
                .isEqualTo("published=60 available=20 reserved=0 delivered=40 lost=0 withdrawn=0");
        assertThat(linha("/api/necessidades/" + necessidade))
                .isEqualTo("requested=100 committed=0 delivered=40 pending=60");
        assertThat(concluir(entrega, codigo).com(409).code()).isEqualTo("ENTREGA_ENCERRADA");
    }

    @Test
    void devolve_tudo_quando_o_voluntario_recusa() {
        var entrega =
                api.entrega(oferta, necessidade, "água mineral", 40).com(201).id();
        api.entregaEm(entrega, "ATRIBUIDA");
        api.post("/api/entregas/" + entrega + "/recusa", "{\"reason\": \"carro quebrado\"}")
                .com(200);

        api.ate("/api/entregas/" + entrega, visto -> estado(visto, "RESERVAR").equals("COMPENSATED"));
        assertThat(linha("/api/ofertas/" + oferta)).startsWith("published=60 available=60 reserved=0");
        assertThat(linha("/api/necessidades/" + necessidade)).startsWith("requested=100 committed=0");
    }

    @Test
    void falha_com_a_regra_quando_a_oferta_nao_tem_tanto() {
        var entrega =
                api.entrega(oferta, necessidade, "água mineral", 61).com(201).id();
        var falha = api.entregaEm(entrega, "FALHOU").get("failure");
        assertThat(falha.get("step").asString()).isEqualTo("RESERVAR");
        assertThat(falha.get("reason").asString()).isEqualTo("QUANTIDADE_INDISPONIVEL");
    }

    @Test
    void depois_do_inicio_a_carga_volta_ou_se_perde() {
        var entrega = entregaIniciada();
        api.post("/api/necessidades/" + necessidade + "/cancelamento", "{\"reason\": \"mudou\"}")
                .com(200);
        var cancelar = "/api/entregas/" + entrega + "/cancelamento";
        assertThat(api.post(cancelar, "{\"reason\": \"x\"}").com(409).code()).isEqualTo("DESTINO_DA_CARGA_OBRIGATORIO");
        api.post(cancelar, "{\"reason\": \"x\", \"goodsReturned\": false}").com(200);

        api.ate("/api/entregas/" + entrega, visto -> estado(visto, "RESERVAR").equals("COMPENSATED"));
        assertThat(linha("/api/ofertas/" + oferta))
                .isEqualTo("published=60 available=20 reserved=0 delivered=0 lost=40 withdrawn=0");
    }

    @Test
    void toma_uma_reserva_feita_a_mao() {
        var voluntario = api.quem().id();
        var reserva = api.post(
                        "/api/ofertas/" + oferta + "/reservas",
                        "{\"volunteerId\": \"%s\", \"items\": [{\"item\": \"ÁGUA mineral\", \"quantity\": 60}]}"
                                .formatted(voluntario))
                .com(201);
        assertThat(reserva.header("Location")).isEqualTo("/api/ofertas/" + oferta + "/reservas/" + reserva.id());
        var entrega = api.post("/api/entregas", """
                        {"ofertaId": "%s", "necessidadeId": "%s", "volunteerId": "%s", "reservaId": "%s",
                         "items": [{"item": "água mineral", "quantity": 50}]}
                        """.formatted(oferta, necessidade, voluntario, reserva.id()))
                .com(201)
                .id();
        api.entregaEm(entrega, "ATRIBUIDA");
        assertThat(linha("/api/ofertas/" + oferta)).startsWith("published=60 available=10 reserved=50");
        assertThat(api.send("DELETE", "/api/ofertas/" + oferta + "/reservas/" + reserva.id(), null)
                        .com(409)
                        .code())
                .isEqualTo("RESERVA_DE_ENTREGA");
    }

    @Test
    void quem_pede_o_que_a_oferta_nao_tem_nao_ve_os_lugares_nem_por_um_instante() throws Exception {
        var curioso = api.como(Role.VOLUNTARIO);
        var fim = new AtomicBoolean();
        Callable<Set<String>> espia = () -> {
            var vistos = new HashSet<String>();
            while (!fim.get()) {
                vistos.add(lugar(curioso, "/api/necessidades/" + necessidade));
                vistos.add(lugar(curioso, "/api/ofertas/" + oferta));
            }
            return vistos;
        };

        try (var espias = Executors.newVirtualThreadPerTaskExecutor()) {
            var vistos = List.of(espias.submit(espia), espias.submit(espia));
            try {
                for (int i = 0; i < 10; i++) {
                    var entrega = curioso.entrega(oferta, necessidade, "feijão", 1)
                            .com(201)
                            .id();
                    curioso.entregaEm(entrega, "FALHOU");
                }
            } finally {
                fim.set(true);
            }
            for (var visto : vistos) {
                assertThat(visto.get()).containsExactly("");
            }
        }
    }

    @Test
    void quem_aceita_uma_entrega_ve_os_lugares() {
        var voluntario = api.como(Role.VOLUNTARIO);
        var entrega = voluntario
                .entrega(oferta, necessidade, "água mineral", 40)
                .com(201)
                .id();
        voluntario.entregaEm(entrega, "ATRIBUIDA");
        assertThat(lugar(voluntario, "/api/necessidades/" + necessidade)).isEmpty();
        assertThat(lugar(voluntario, "/api/ofertas/" + oferta)).isEmpty();

        var aceite = "?minPosition="
                + voluntario
                        .post("/api/entregas/" + entrega + "/aceite", null)
                        .com(200)
                        .position();
        assertThat(lugar(voluntario, "/api/necessidades/" + necessidade + aceite))
                .isEqualTo("Abrigo Sarandi");
        assertThat(lugar(voluntario, "/api/ofertas/" + oferta + aceite)).isEqualTo("Mercado");
    }

    private static String lugar(Api quem, String path) {
        return quem.ate(path, _ -> true).at("/location/name").asString();
    }

    @Test
    void as_reservas_se_veem_na_oferta_e_nao_nas_listas() {
        var outra = api.oferta("Água mineral", 60).com(201).id();
        var reserva = UUID.randomUUID();
        for (var id : List.of(oferta, outra)) {
            api.post("/api/ofertas/" + id + "/reservas", """
                            {"reservaId": "%s", "volunteerId": "%s", "items": [{"item": "água mineral", "quantity": 2}]}
                            """.formatted(reserva, QUEM_PEDIU))
                    .com(201);
        }

        var vista = api.ate(
                "/api/ofertas/" + oferta, offer -> offer.get("reservasTotal").asLong() == 1);
        assertThat(vista.at("/reservas/0/reservaId").asString()).isEqualTo(reserva.toString());
        assertThat(vista.at("/reservas/0/items/0/quantity").asLong()).isEqualTo(2);
        assertThat(vista.at("/reservas/0/expiresAt").asString()).isNotEmpty();
        var solta = api.send("DELETE", "/api/ofertas/" + oferta + "/reservas/" + reserva, null)
                .com(200);
        assertThat(reservas(oferta, solta.position())).isZero();
        assertThat(reservas(outra, solta.position())).isEqualTo(1);

        var listada = api.get("/api/ofertas?limit=1").com(200).json().at("/items/0");
        assertThat(listada.has("items")).isTrue();
        assertThat(listada.has("reservas")).isFalse();
    }

    private long reservas(UUID id, long position) {
        var vista = api.ate("/api/ofertas/" + id + "?minPosition=" + position, _ -> true);
        assertThat(vista.get("reservas")).hasSize(vista.get("reservasTotal").asInt());
        return vista.get("reservasTotal").asLong();
    }

    @Test
    void oferta_ou_necessidade_desconhecida_nao_guarda_nada() {
        assertThat(api.entrega(UUID.randomUUID(), necessidade, "a", 1).com(409).code())
                .isEqualTo("OFERTA_DESCONHECIDA");
        assertThat(api.entrega(oferta, UUID.randomUUID(), "a", 1).com(409).code())
                .isEqualTo("NECESSIDADE_DESCONHECIDA");
    }

    @Test
    void cinco_codigos_errados_bloqueiam_ate_a_renovacao() {
        var entrega = entregaIniciada();
        for (int i = 0; i < 5; i++) {
            assertThat(concluir(entrega, "errado").com(409).code()).isEqualTo("CODIGO_INCORRETO");
        }
        var antes = codigo(entrega);
        assertThat(concluir(entrega, antes).com(409).code()).isEqualTo("CODIGO_BLOQUEADO");
        var renovado =
                api.post("/api/entregas/" + entrega + "/codigo/renovacao", null).com(200);
        var depois = api.como(QUEM_PEDIU)
                .get("/api/entregas/" + entrega + "/codigo?minPosition=" + renovado.position())
                .com(200)
                .json()
                .get("code")
                .asString();
        assertThat(depois).isNotEqualTo(antes).matches("\\d{6}");
        concluir(entrega, depois).com(200);
    }

    @Test
    void segue_a_partir_de_um_snapshot() {
        var entrega = entregaIniciada();
        for (int i = 0; i < 120; i++) {
            api.post("/api/entregas/" + entrega + "/posicoes", "{\"latitude\": %d, \"longitude\": 1}".formatted(i % 90))
                    .com(200);
        }
        Awaitility.await()
                .until(() -> db.sql("select count(*) from snapshot_event where aggregate_identifier = ?")
                        .param("entrega-" + entrega)
                        .query(Long.class)
                        .single()
                        .equals(1L));
        assertThat(concluir(entrega, "errado").com(409).code()).isEqualTo("CODIGO_INCORRETO");
        concluir(entrega, codigo(entrega)).com(200);
    }

    @Test
    void uma_recusa_registrada_conta_uma_vez_por_chave() {
        var entrega = entregaIniciada();
        for (int i = 0; i < 7; i++) {
            var again = api.post(
                    "/api/entregas/" + entrega + "/conclusao",
                    "{\"receiverId\": \"%s\", \"confirmationCode\": \"errado\"}".formatted(QUEM_PEDIU),
                    "Idempotency-Key",
                    "uma-so");
            assertThat(again.com(409).code()).isEqualTo("CODIGO_INCORRETO");
        }
        concluir(entrega, codigo(entrega)).com(200);
    }

    private UUID entregaIniciada() {
        var entrega =
                api.entrega(oferta, necessidade, "água mineral", 40).com(201).id();
        api.entregaEm(entrega, "ATRIBUIDA");
        api.post("/api/entregas/" + entrega + "/aceite", null).com(200);
        api.post("/api/entregas/" + entrega + "/inicio", null).com(200);
        api.ate("/api/entregas/" + entrega, visto -> estado(visto, "CONFIRMAR").equals("DONE"));
        return entrega;
    }

    private String codigo(UUID entrega) {
        return api.como(QUEM_PEDIU)
                .get("/api/entregas/" + entrega + "/codigo")
                .com(200)
                .json()
                .get("code")
                .asString();
    }

    private Api.Resposta concluir(UUID entrega, String codigo) {
        return api.post(
                "/api/entregas/" + entrega + "/conclusao",
                "{\"receiverId\": \"%s\", \"confirmationCode\": \"%s\"}".formatted(QUEM_PEDIU, codigo));
    }

    private static String estado(JsonNode entrega, String passo) {
        for (var etapa : entrega.get("steps")) {
            if (etapa.get("step").asString().equals(passo)) {
                return etapa.get("state").asString();
            }
        }
        throw new AssertionError(passo + " is missing in " + entrega);
    }

    /// The quantities of the only line, once every projection has caught up with what the delivery showed.
    private String linha(String path) {
        var head =
                api.get("/api/projecoes").json().get("items").get(0).get("head").asLong();
        var line = api.get(path + "?minPosition=" + head)
                .com(200)
                .json()
                .get("items")
                .get(0);
        return line.properties().stream()
                .filter(field -> field.getValue().isNumber())
                .map(field -> field.getKey() + "=" + field.getValue())
                .collect(java.util.stream.Collectors.joining(" "));
    }
}
