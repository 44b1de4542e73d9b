package mutirao;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.UUID;
import java.util.stream.StreamSupport;
import mutirao.api.Actors;
import mutirao.platform.identity.Role;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;

/// People and organizations over HTTP.
@Aplicacao
class PessoasHttpTest {
    @Autowired
    Api api;

    @Autowired
    JdbcClient db;

    private final String email = "ana." + UUID.randomUUID() + "@example.org";

    private static String pessoa(String email, String papeis, String more) {
        return """
                {"name": "Ana Conceição", "email": "%s", "phone": "+55 51 99999-0000", "roles": [%s]%s}
                """.formatted(email, papeis, more);
    }

    private Api.Resposta cadastra(Api quem, String papeis) {
        return quem.post("/api/usuarios", pessoa(email, papeis, ""));
    }

    private Api admin() {
        return api.como(Role.ADMIN);
    }

    private JsonNode le(Api.Resposta receipt) {
        return admin().get("/api/usuarios/" + receipt.id() + "?minPosition=" + receipt.position())
                .com(200)
                .json();
    }

    @Nested
    class Usuarios {
        @Test
        void uma_pessoa_e_cadastrada_mudada_desativada_e_reativada() {
            var criada = cadastra(admin(), "\"VOLUNTARIO\", \"COORDENADOR\"").com(201);
            assertThat(criada.header("Location")).isEqualTo("/api/usuarios/" + criada.id());
            var view = le(criada);
            assertThat(view.get("status").asString()).isEqualTo("ATIVO");
            assertThat(view.get("email").asString()).isEqualTo(email);
            assertThat(view.get("roles").toString()).isEqualTo("[\"COORDENADOR\",\"VOLUNTARIO\"]");
            assertThat(view.propertyNames())
                    .containsExactlyInAnyOrder(
                            "id", "version", "status", "name", "email", "phone", "roles", "createdAt", "updatedAt");

            var path = "/api/usuarios/" + criada.id();
            var mudada = admin().send("PATCH", path, "{\"name\": \"Ana\", \"phone\": null, \"roles\": [\"TECNICO\"]}")
                    .com(200);
            assertThat(le(mudada).get("name").asString()).isEqualTo("Ana");
            assertThat(le(mudada).get("phone").isNull()).isTrue();
            assertThat(le(mudada).get("roles").toString()).isEqualTo("[\"TECNICO\"]");

            le(admin().post(path + "/desativacao", "{\"reason\": \"mudou-se\"}").com(200));
            assertThat(admin().post(path + "/desativacao", "{}").com(409).code())
                    .isEqualTo("USUARIO_INATIVO");
            assertThat(le(admin().post(path + "/reativacao", null).com(200))
                            .get("status")
                            .asString())
                    .isEqualTo("ATIVO");
        }

        @Test
        void so_quem_e_da_organizacao_recebe_um_ticket_e_ninguem_de_outra_leva_nada() {
            var outra = UUID.randomUUID();
            var daqui = cadastra(admin(), "\"TECNICO\"").com(201).id();
            var dela = cadastra(api.como(Quem.TODOS.em(outra)), "\"VOLUNTARIO\"")
                    .com(201)
                    .id();
            var ticket = "/api/tickets/" + abre("").com(201).id() + "/atribuicao";

            for (var ninguem : List.of(dela, UUID.randomUUID())) {
                assertThat(api.post(ticket, "{\"technicianId\": \"%s\"}".formatted(ninguem))
                                .com(409)
                                .code())
                        .isEqualTo("TECNICO_DESCONHECIDO");
            }
            api.post(ticket, "{\"technicianId\": \"%s\"}".formatted(daqui)).com(200);

            var oferta = api.oferta("Água", 10).com(201).id();
            var necessidade = api.necessidade("Água", 10).com(201).id();
            var reserva = "{\"volunteerId\": \"%s\", \"items\": [{\"item\": \"Água\", \"quantity\": 1}]}";
            assertThat(api.post("/api/ofertas/" + oferta + "/reservas", reserva.formatted(dela))
                            .com(409)
                            .code())
                    .isEqualTo("VOLUNTARIO_DE_FORA");
            assertThat(api.post("/api/entregas", """
                                    {"ofertaId": "%s", "necessidadeId": "%s", "volunteerId": "%s",
                                     "items": [{"item": "Água", "quantity": 1}]}
                                    """.formatted(oferta, necessidade, dela))
                            .com(409)
                            .code())
                    .isEqualTo("VOLUNTARIO_DE_FORA");
            api.post("/api/ofertas/" + oferta + "/reservas", reserva.formatted(daqui))
                    .com(201);

            abre(", \"related\": {\"type\": \"OFERTA\", \"id\": \"%s\"}".formatted(oferta))
                    .com(201);
            for (var nada : List.of("ENTREGA\", \"id\": \"" + oferta, "PEDIDO\", \"id\": \"" + UUID.randomUUID())) {
                assertThat(abre(", \"related\": {\"type\": \"" + nada + "\"}")
                                .com(409)
                                .code())
                        .isEqualTo("RELACIONADO_DESCONHECIDO");
            }
        }

        private Api.Resposta abre(String more) {
            return api.post("/api/tickets", """
                    {"title": "t", "description": "d", "category": "ACESSO", "priority": "BAIXA"%s}
                    """.formatted(more));
        }

        @Test
        void o_mesmo_email_duas_vezes_na_organizacao_ja_existe_em_qualquer_caixa() {
            cadastra(admin(), "\"DOADOR\"").com(201);

            assertThat(cadastra(admin(), "\"DOADOR\"").com(409).code()).isEqualTo("JA_EXISTE");
            assertThat(admin().post("/api/usuarios", pessoa(email.toUpperCase(java.util.Locale.ROOT), "\"DOADOR\"", ""))
                            .com(409)
                            .code())
                    .isEqualTo("JA_EXISTE");
            assertThat(db.sql("select count(*) from usuario_email where position(?::bytea in email_mac) > 0")
                            .param(email.getBytes(java.nio.charset.StandardCharsets.UTF_8))
                            .query(Long.class)
                            .single())
                    .isZero();
        }

        @Test
        void um_email_que_alguem_deixou_volta_a_estar_livre() {
            var antes = cadastra(admin(), "\"DOADOR\"").com(201);
            admin().send("PATCH", "/api/usuarios/" + antes.id(), "{\"email\": \"x%s\"}".formatted(email))
                    .com(200);

            var depois = cadastra(admin(), "\"DOADOR\"").com(201);

            assertThat(admin().send("PATCH", "/api/usuarios/" + antes.id(), "{\"email\": \"%s\"}".formatted(email))
                            .com(409)
                            .code())
                    .isEqualTo("JA_EXISTE");
            assertThat(depois.id()).isNotEqualTo(antes.id());
        }

        @Test
        void campos_invalidos_sao_recusados() {
            recusa(pessoa("nem e-mail", "\"DOADOR\"", ""), "email");
            recusa(pessoa("a".repeat(250) + "@example.org", "\"DOADOR\"", ""), "email");
            recusa(pessoa(email, "", ""), "roles");
            recusa(pessoa(email, "\"CHEFE\"", ""), "roles");
            recusa(pessoa(email, "\"DOADOR\"", "").replace("+55 51 99999-0000", "liga pra mim"), "phone");
            recusa(pessoa(email, "\"DOADOR\"", "").replace("Ana Conceição", " "), "name");
            recusa(pessoa(email, "\"DOADOR\"", ", \"password\": \"x\""), "password");
        }

        private void recusa(String body, String field) {
            var errors = admin().post("/api/usuarios", body).com(400).json().get("errors");
            assertThat(errors.get(0).get("field").asString()).startsWith(field);
        }

        @Test
        void a_lista_filtra_por_papel_situacao_e_palavras() {
            var criada = cadastra(admin(), "\"AUDITOR\"").com(201);
            var more = "&minPosition=" + criada.position();
            var palavras = "q=conceicao%20" + email.substring(0, 20);

            assertThat(ids("/api/usuarios?role=AUDITOR&status=ATIVO&" + palavras + more))
                    .containsExactly(criada.id().toString());
            assertThat(ids("/api/usuarios?role=TECNICO&" + palavras + more)).isEmpty();
            assertThat(ids("/api/usuarios?status=INATIVO&" + palavras + more)).isEmpty();
        }

        private java.util.List<String> ids(String path) {
            var items = admin().get(path).com(200).json().get("items");
            return StreamSupport.stream(items.spliterator(), false)
                    .map(item -> item.get("id").asString())
                    .toList();
        }

        @Test
        void cada_uma_ve_e_muda_a_si_mesma_e_nao_as_outras() {
            var ana = cadastra(admin(), "\"VOLUNTARIO\"").com(201);
            le(ana);
            var path = "/api/usuarios/" + ana.id();
            var ela = api.como(Quem.TODOS.com(ana.id()).com(Role.VOLUNTARIO));

            ela.get(path).com(200);
            ela.send("PATCH", path, "{\"name\": \"Aninha\"}").com(200);
            ela.send("PATCH", path, "{\"roles\": [\"ADMIN\"]}").com(403);
            api.como(Role.VOLUNTARIO).get(path).com(404);
            api.como(Role.VOLUNTARIO).send("PATCH", path, "{\"name\": \"X\"}").com(403);
            api.como(Role.COORDENADOR).get(path).com(200);
        }
    }

    @Nested
    class Organizacoes {
        @Test
        void o_operador_cria_uma_e_lhe_da_o_primeiro_admin_que_cuida_do_resto() {
            var operador = api.como(Role.OPERADOR, Role.ADMIN);
            var nova = operador.post("/api/organizacoes", "{\"name\": \"Cozinha Solidária\"}")
                    .com(201);
            assertThat(nova.header("Location")).isEqualTo("/api/organizacoes/" + nova.id());
            var la = ", \"organizationId\": \"" + nova.id() + "\"";

            assertThat(admin().post("/api/usuarios", pessoa(email, "\"ADMIN\"", la))
                            .com(403)
                            .code())
                    .isEqualTo("FORBIDDEN");
            var chefe = operador.post("/api/usuarios", pessoa(email, "\"ADMIN\"", la))
                    .com(201);

            var ela = api.como(new Quem(chefe.id(), nova.id(), java.util.Set.of(Role.ADMIN)));
            assertThat(ela.get("/api/usuarios/" + chefe.id() + "?minPosition=" + chefe.position())
                            .com(200)
                            .json()
                            .get("roles")
                            .toString())
                    .isEqualTo("[\"ADMIN\"]");
            ela.post("/api/usuarios", pessoa("x" + email, "\"DOADOR\"", "")).com(201);
            admin().send("PATCH", "/api/usuarios/" + chefe.id(), "{\"name\": \"X\"}")
                    .com(404);
            operador.ate(
                    "/api/organizacoes?limit=200",
                    page -> page.get("items").toString().contains("Cozinha Solidária"));
        }

        @Test
        void quem_a_administra_ou_opera_tudo_lhe_muda_o_nome_e_para_os_outros_ela_nao_existe() {
            var operador = api.como(Role.OPERADOR);
            var nova = operador.post("/api/organizacoes", "{\"name\": \"Cozinha\"}")
                    .com(201);
            var path = "/api/organizacoes/" + nova.id();
            var chefe = api.como(new Quem(UUID.randomUUID(), nova.id(), java.util.Set.of(Role.ADMIN)));

            var mudada =
                    chefe.send("PATCH", path, "{\"name\": \"Cozinha da Vila\"}").com(200);

            assertThat(mudada.header("ETag")).isEqualTo("\"1\"");
            assertThat(chefe.get("/api/eu?minPosition=" + mudada.position())
                            .com(200)
                            .json()
                            .at("/organizations/0/name")
                            .asString())
                    .isEqualTo("Cozinha da Vila");
            operador.send("PATCH", path, "{\"name\": \"Cozinha do Morro\"}").com(200);
            admin().send("PATCH", path, "{\"name\": \"Minha\"}").com(404);
            admin().send("PATCH", "/api/organizacoes/" + UUID.randomUUID(), "{\"name\": \"Minha\"}")
                    .com(404);
            chefe.send("PATCH", path, "{\"name\": \" \"}").com(400);
            chefe.send("PATCH", path, "{\"name\": null}").com(400);
            chefe.send("PATCH", path, "{}").com(400);
        }
    }

    @Nested
    class Eu {
        @Test
        void quem_entrou_sabe_quem_e() {
            var ana = cadastra(admin(), "\"VOLUNTARIO\"").com(201);
            var ela = api.como(Quem.TODOS.com(ana.id()).com(Role.VOLUNTARIO));

            // The account follows a little later than the view.
            var eu = ela.ate(
                    "/api/eu?minPosition=" + ana.position(),
                    me -> me.at("/organizations/0/roles").toString().contains("VOLUNTARIO"));

            assertThat(eu.get("id").asString()).isEqualTo(ana.id().toString());
            assertThat(eu.get("name").asString()).isEqualTo("Ana Conceição");
            assertThat(eu.get("email").asString()).isEqualTo(email);
            assertThat(eu.get("roles").toString()).isEqualTo("[\"VOLUNTARIO\"]");
            assertThat(eu.get("organizationId").asString()).isEqualTo(Actors.ORGANIZATION.toString());
            assertThat(eu.get("organizations")).hasSize(1);
            assertThat(eu.at("/organizations/0/id").asString()).isEqualTo(Actors.ORGANIZATION.toString());
            assertThat(eu.at("/organizations/0/current").asBoolean()).isTrue();
        }

        @Test
        void uma_maquina_nao_tem_nome_nem_email() {
            var eu = api.como(Role.TECNICO).get("/api/eu").com(200).json();

            assertThat(eu.get("name").isNull()).isTrue();
            assertThat(eu.get("email").isNull()).isTrue();
            assertThat(eu.at("/organizations/0/roles").toString()).isEqualTo("[\"TECNICO\"]");
            assertThat(api.como().get("/api/eu").com(200).json().get("roles")).isEmpty();
        }
    }

    @Test
    void quem_foi_cadastrada_e_convidada_logo_em_seguida() {
        var ana = cadastra(admin(), "\"VOLUNTARIO\"").com(201);

        var convite = admin().post("/api/usuarios/" + ana.id() + "/convite", null)
                .com(200)
                .json();

        assertThat(convite.get("link").asString()).startsWith("http://localhost/senha/nova?token=");
    }
}
