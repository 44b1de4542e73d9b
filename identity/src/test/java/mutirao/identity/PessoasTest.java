package mutirao.identity;

import static mutirao.identity.Navegador.json;
import static mutirao.identity.Navegador.jwt;
import static mutirao.identity.Navegador.location;
import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jwt.JWTClaimsSet;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import mutirao.api.Actors;
import mutirao.identity.account.Accounts;
import mutirao.identity.account.MembershipTable;
import mutirao.identity.person.People;
import mutirao.identity.person.PeopleSubscriber;
import mutirao.platform.eventstore.EventLog;
import mutirao.platform.identity.Memberships.Membership;
import mutirao.platform.identity.Role;
import mutirao.platform.stream.Subscriber.Delivery;
import mutirao.usuario.api.Papel;
import mutirao.usuario.api.UsuarioEvent.PapeisAlterados;
import mutirao.usuario.api.UsuarioEvent.UsuarioAtualizado;
import mutirao.usuario.api.UsuarioEvent.UsuarioDesativado;
import mutirao.usuario.api.UsuarioEvent.UsuarioReativado;
import mutirao.usuario.api.UsuarioId;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;

/// From what an organization says about somebody to a token, without a mail server: links are handed over.
@Identidade
class PessoasTest {
    private static final String SENHA = "um segredo bem comprido";
    private static final UUID AQUI = Actors.ORGANIZATION;
    private static final UUID LA = UUID.fromString(Identidade.OUTRA_ORGANIZACAO);

    @Autowired
    Navegador navegador;

    @Autowired
    ObjectProvider<Navegador> navegadores;

    @Autowired
    Navegador outroNavegador;

    @Autowired
    Cadastros cadastros;

    @Autowired
    Accounts accounts;

    @Autowired
    People people;

    @Autowired
    EventLog log;

    @Autowired
    JdbcClient db;

    private final String email = "Ana." + UUID.randomUUID() + "@example.org";

    private String link(UUID usuario) {
        return json(navegador.convida(usuario, "robo", "segredo-do-robo"), 200)
                .get("link")
                .asString();
    }

    /// Somebody of the default organization with a password.
    private UUID comSenha(Papel... papeis) {
        var usuario = cadastros.cadastra(AQUI, email, papeis);
        assertThat(navegador.define(link(usuario), SENHA).statusCode()).isEqualTo(303);
        return usuario;
    }

    private JsonNode tokens(String... more) {
        return json(navegador.troca(navegador.codigo(email, SENHA, more), Navegador.VERIFICADOR), 200);
    }

    private static String refresh(JsonNode tokens) {
        return tokens.get("refresh_token").asString();
    }

    private static JWTClaimsSet claims(JsonNode tokens) throws java.text.ParseException {
        return jwt(tokens.get("access_token").asString()).getJWTClaimsSet();
    }

    private String erro(java.net.http.HttpResponse<String> answer) {
        return json(answer, 400).get("error").asString();
    }

    @Nested
    class Convite {
        @Test
        void quem_e_convidada_define_a_senha_entra_e_age_como_e_na_organizacao() throws Exception {
            var usuario = cadastros.cadastra(AQUI, email, Papel.COORDENADOR, Papel.VOLUNTARIO);

            var convite = json(navegador.convida(usuario, "robo", "segredo-do-robo"), 200);
            assertThat(convite.propertyNames()).containsExactlyInAnyOrder("link", "expiresAt");
            var page = navegador.get(convite.get("link").asString().substring(Identidade.ISSUER.length()));
            assertThat(page.statusCode()).isEqualTo(200);
            assertThat(page.body())
                    .contains("Definir a senha", email.toLowerCase(java.util.Locale.ROOT), "new-password")
                    .doesNotContain("<script", "{{", "}}", "http://", "https://");
            assertThat(page.headers().firstValue("Content-Security-Policy").orElseThrow())
                    .contains("default-src 'none'");
            assertThat(page.headers().firstValue("Cache-Control").orElseThrow()).contains("no-store");

            var set = navegador.define(convite.get("link").asString(), SENHA);
            assertThat(set.statusCode()).isEqualTo(303);
            assertThat(navegador
                            .get(set.headers().firstValue("Location").orElseThrow())
                            .body())
                    .contains("role=\"status\"", "A senha est\u00e1 definida");

            var claims = claims(tokens());
            assertThat(claims.getSubject()).isEqualTo(usuario.toString());
            assertThat(claims.getStringClaim("org")).isEqualTo(AQUI.toString());
            assertThat(claims.getStringListClaim("roles")).containsExactly("COORDENADOR", "VOLUNTARIO");
        }

        @Test
        void antes_de_definir_a_senha_ninguem_entra() {
            cadastros.cadastra(AQUI, email, Papel.ADMIN);

            assertThat(location(navegador.entra(email, ""))).endsWith("?erro");
            assertThat(location(navegador.entra(email, SENHA))).endsWith("?erro");
        }

        @Test
        void um_link_serve_uma_vez() {
            var link = link(cadastros.cadastra(AQUI, email, Papel.DOADOR));
            navegador.define(link, SENHA);

            var again = navegador.define(link, "outra senha bem comprida");

            assertThat(again.statusCode()).isEqualTo(400);
            assertThat(again.body()).contains("Este link n\u00e3o vale mais");
            assertThat(accounts.logIn(email, SENHA)).isPresent();
        }

        @Test
        void de_dois_links_o_que_nao_foi_usado_nao_vale_mais() {
            var usuario = cadastros.cadastra(AQUI, email, Papel.DOADOR);
            var perdido = link(usuario);
            navegador.define(link(usuario), SENHA);

            assertThat(navegador.define(perdido, "a senha de quem o achou").statusCode())
                    .isEqualTo(400);
            assertThat(accounts.logIn(email, SENHA)).isPresent();
        }

        @Test
        void de_muitos_ao_mesmo_tempo_um_define() {
            var link = link(cadastros.cadastra(AQUI, email, Papel.DOADOR));

            var answers = IntStream.range(0, 6)
                    .mapToObj(i -> CompletableFuture.supplyAsync(
                            () -> navegadores
                                    .getObject() // each with cookies of their own
                                    .define(link, "uma senha comprida " + i)
                                    .statusCode(),
                            task -> Thread.ofVirtual().start(task)))
                    .toList()
                    .stream()
                    .map(CompletableFuture::join)
                    .toList();

            assertThat(answers).containsOnlyOnce(303).isSubsetOf(303, 400);
        }

        @Test
        void um_link_vencido_ou_inventado_nao_serve() {
            var usuario = cadastros.cadastra(AQUI, email, Papel.DOADOR);
            var convite = json(navegador.convida(usuario, "robo", "segredo-do-robo"), 200);
            assertThat(java.time.Instant.parse(convite.get("expiresAt").asString()))
                    .isBetween(
                            java.time.Instant.now().plus(java.time.Duration.ofDays(6)),
                            java.time.Instant.now().plus(java.time.Duration.ofDays(8)));
            db.sql("update password_link set expires_at = now() - interval '10 days' where account_id ="
                            + " (select account_id from membership where usuario_id = ?)")
                    .param(usuario)
                    .update();

            var link = convite.get("link").asString();
            assertThat(navegador.get(link.substring(Identidade.ISSUER.length())).statusCode())
                    .as("nobody fills in a form in vain")
                    .isEqualTo(400);
            assertThat(navegador.define(link, SENHA).statusCode()).isEqualTo(400);
            assertThat(navegador.get("/senha/nova?token=inventado").statusCode())
                    .isEqualTo(400);
            assertThat(navegador.get("/senha/nova").body()).contains("Este link n\u00e3o vale mais");
        }

        @Test
        void o_banco_nao_guarda_o_que_abre() {
            var link = link(cadastros.cadastra(AQUI, email, Papel.DOADOR));
            var token = link.substring(link.indexOf('=') + 1);

            assertThat(db.sql("select string_agg(l::text, ' ') from password_link l")
                            .query(String.class)
                            .single())
                    .doesNotContain(token);
            var stored = db.sql("select encode(token_hash, 'hex') from password_link limit 3")
                    .query(String.class)
                    .list();
            assertThat(stored)
                    .isNotEmpty()
                    .allSatisfy(hash -> assertThat(
                                    navegador.get("/senha/nova?token=" + hash).statusCode())
                            .isEqualTo(400));
        }

        @Test
        void senhas_faceis_sao_recusadas_e_o_link_continua() {
            var link = link(cadastros.cadastra(AQUI, email, Papel.DOADOR));

            recusa(link, "curta", "pelo menos 10 caracteres");
            recusa(link, "x".repeat(1001), "no m\u00e1ximo 1000");
            recusa(link, "Q1W2E3R4T5Y6", "adivinharia");
            recusa(link, "aaaaaaaaaaaa", "adivinharia");
            recusa(link, "xx" + email.substring(0, email.indexOf('@')) + "!", "conter o e-mail");
            assertThat(navegador.define(link, SENHA).statusCode()).isEqualTo(303);
        }

        private void recusa(String link, String senha, String porque) {
            var answer = navegador.define(link, senha);
            assertThat(answer.statusCode()).as(senha).isEqualTo(400);
            assertThat(answer.body()).contains("role=\"alert\"", porque);
        }

        @Test
        void sem_o_segredo_do_formulario_nada_se_define() {
            var link = link(cadastros.cadastra(AQUI, email, Papel.DOADOR));
            var token = link.substring(link.indexOf('=') + 1);

            assertThat(navegador
                            .post("/senha/nova", Map.of("token", token, "senha", SENHA))
                            .statusCode())
                    .isEqualTo(403);
            assertThat(navegador.define(link, SENHA).statusCode()).isEqualTo(303);
        }

        @Test
        void so_admin_da_organizacao_convida_e_so_quem_ha() {
            var usuario = cadastros.cadastra(AQUI, email, Papel.DOADOR);

            assertThat(navegador
                            .convida(usuario, "gestora", "segredo-da-gestora")
                            .statusCode())
                    .isEqualTo(404);
            assertThat(navegador
                            .convida(UUID.randomUUID(), "robo", "segredo-do-robo")
                            .statusCode())
                    .isEqualTo(404);
            assertThat(navegador
                            .convida(usuario, Identidade.PESSOA, "outro-segredo")
                            .statusCode())
                    .isEqualTo(403);
        }

        @Test
        void a_conta_de_um_operador_so_um_operador_abre() {
            var usuario = cadastros.cadastra(AQUI, email, Papel.OPERADOR);

            assertThat(navegador.convida(usuario, "robo", "segredo-do-robo").statusCode())
                    .isEqualTo(403);
            assertThat(navegador
                            .convida(Accounts.ADMINISTRATOR, "robo", "segredo-do-robo")
                            .statusCode())
                    .isEqualTo(403);
            assertThat(navegador.convida(usuario, "operadora", "da-operadora").statusCode())
                    .isEqualTo(200);
        }

        @Test
        void quem_foi_desativada_nao_e_convidada() {
            var usuario = cadastros.cadastra(AQUI, email, Papel.DOADOR);
            cadastros.diz(AQUI, new UsuarioDesativado(new UsuarioId(usuario), null));

            assertThat(json(navegador.convida(usuario, "robo", "segredo-do-robo"), 409)
                            .get("code")
                            .asString())
                    .isEqualTo("USUARIO_INATIVO");
        }
    }

    @Nested
    class Duas_organizacoes {
        @Test
        void outra_organizacao_nao_age_pela_conta_cujo_email_ninguem_provou() {
            comSenha(Papel.DOADOR);
            var la = cadastros.cadastra(LA, email, Papel.ADMIN);

            assertThat(erro(navegador.troca(
                            navegador.codigo(email, SENHA, "org", LA.toString()), Navegador.VERIFICADOR)))
                    .as("whoever has the password may not be whom the other organization means")
                    .isEqualTo("invalid_grant");
            assertThat(new MembershipTable(db).of(la)).isEmpty();
        }

        @Test
        void nem_pela_que_provou_um_email_e_passou_a_ter_outro() {
            var aqui = comSenha(Papel.DOADOR);
            db.sql("update account set email_proved = true where login = ?")
                    .param(Accounts.normal(email))
                    .update();
            var alheio = "x" + email;
            cadastros.diz(AQUI, new UsuarioAtualizado(new UsuarioId(aqui), "Ana", alheio, null));
            cadastros.cadastra(LA, alheio, Papel.ADMIN);

            assertThat(erro(navegador.troca(
                            navegador.codigo(alheio, SENHA, "org", LA.toString()), Navegador.VERIFICADOR)))
                    .as("whoever says that somebody's address is theirs is not that somebody")
                    .isEqualTo("invalid_grant");
        }

        @Test
        void nem_por_ela_se_vira_operador() throws Exception {
            comSenha(Papel.DOADOR);
            cadastros.cadastra(LA, email, Papel.OPERADOR);

            assertThat(claims(tokens()).getStringListClaim("roles")).containsExactly("DOADOR");
        }

        @Test
        void nenhuma_recebe_um_link_para_a_conta_que_a_outra_deixa_entrar() {
            comSenha(Papel.DOADOR);
            var la = cadastros.cadastra(LA, email, Papel.VOLUNTARIO);

            assertThat(json(navegador.convida(la, "gestora", "segredo-da-gestora"), 409)
                            .get("code")
                            .asString())
                    .isEqualTo("CONTA_EM_OUTRA_ORGANIZACAO");
        }

        @Test
        void com_o_email_provado_age_por_cada_uma_como_outra_pessoa() throws Exception {
            var aqui = comSenha(Papel.DOADOR);
            var la = cadastros.cadastra(LA, email, Papel.VOLUNTARIO);
            db.sql("update account set email_proved = true where login = ?")
                    .param(Accounts.normal(email))
                    .update();

            var first = tokens();
            assertThat(claims(first).getSubject()).isEqualTo(aqui.toString());
            var other = json(navegador.renova(refresh(first), "org", LA.toString()), 200);
            assertThat(claims(other).getSubject()).isEqualTo(la.toString());
            assertThat(claims(other).getStringListClaim("roles")).containsExactly("VOLUNTARIO");
            assertThat(new MembershipTable(db).of(la))
                    .containsExactlyInAnyOrder(
                            new Membership(AQUI, java.util.Set.of(Role.DOADOR)),
                            new Membership(LA, java.util.Set.of(Role.VOLUNTARIO)));
            assertThat(navegador.convida(aqui, "robo", "segredo-do-robo").statusCode())
                    .isEqualTo(409);
        }

        @Test
        void ser_cadastrada_em_outra_nao_muda_por_qual_se_age() throws Exception {
            var la = cadastros.cadastra(LA, email, Papel.DOADOR);
            cadastros.cadastra(AQUI, email, Papel.VOLUNTARIO);
            navegador.define(
                    json(navegador.convida(la, "gestora", "segredo-da-gestora"), 200)
                            .get("link")
                            .asString(),
                    SENHA);
            db.sql("update account set email_proved = true where login = ?")
                    .param(Accounts.normal(email))
                    .update();

            assertThat(claims(tokens()).getStringClaim("org")).isEqualTo(LA.toString());
        }

        @Test
        void desativada_em_uma_continua_na_outra() {
            var aqui = comSenha(Papel.DOADOR);
            cadastros.cadastra(LA, email, Papel.VOLUNTARIO);
            db.sql("update account set email_proved = true where login = ?")
                    .param(Accounts.normal(email))
                    .update();
            var here = tokens();
            var there = json(
                    navegador.troca(
                            Navegador.codigo(navegador.get(Navegador.autoriza("org", LA.toString()))),
                            Navegador.VERIFICADOR),
                    200);

            cadastros.diz(AQUI, new UsuarioDesativado(new UsuarioId(aqui), null));

            assertThat(erro(navegador.renova(refresh(here)))).isEqualTo("invalid_grant");
            assertThat(erro(navegador.renova(refresh(there), "org", AQUI.toString())))
                    .isEqualTo("invalid_grant");
            assertThat(navegador
                            .troca(
                                    Navegador.codigo(navegador.get(Navegador.autoriza("org", LA.toString()))),
                                    Navegador.VERIFICADOR)
                            .statusCode())
                    .isEqualTo(200);
        }
    }

    @Nested
    class O_que_muda {
        @Test
        void quem_e_desativada_nao_entra_nem_renova_e_reativada_entra() {
            var usuario = comSenha(Papel.DOADOR);
            var tokens = tokens();

            cadastros.diz(AQUI, new UsuarioDesativado(new UsuarioId(usuario), "mudou-se"));
            assertThat(location(outroNavegador.entra(email, SENHA))).endsWith("?erro");
            assertThat(erro(navegador.renova(refresh(tokens)))).isEqualTo("invalid_grant");
            assertThat(erro(navegador.troca(
                            Navegador.codigo(navegador.get(Navegador.autoriza())), Navegador.VERIFICADOR)))
                    .isEqualTo("invalid_grant");

            cadastros.diz(AQUI, new UsuarioReativado(new UsuarioId(usuario)));
            assertThat(location(outroNavegador.entra(email, SENHA))).doesNotContain("erro");
        }

        @Test
        void um_token_nao_vale_mais_do_que_a_pessoa_ainda_e() {
            var usuario = comSenha(Papel.DOADOR, Papel.COORDENADOR);
            var antes = java.util.stream.Stream.generate(() -> outroToken())
                    .limit(5)
                    .toList();
            assertThat(chama(antes.get(0))).isEqualTo(403);

            cadastros.diz(AQUI, new PapeisAlterados(new UsuarioId(usuario), List.of(Papel.DOADOR)));
            assertThat(chama(antes.get(1))).as("coordinates no more").isEqualTo(401);
            cadastros.diz(AQUI, new PapeisAlterados(new UsuarioId(usuario), List.of(Papel.DOADOR, Papel.COORDENADOR)));
            assertThat(chama(antes.get(2))).isEqualTo(403);

            cadastros.diz(AQUI, new UsuarioDesativado(new UsuarioId(usuario), null));
            assertThat(chama(antes.get(3))).isEqualTo(401);
            cadastros.diz(AQUI, new UsuarioReativado(new UsuarioId(usuario)));
            assertThat(chama(antes.get(4))).isEqualTo(403);
        }

        private String outroToken() {
            return json(
                            navegadores
                                    .getObject()
                                    .troca(
                                            outroNavegador.cookies().isEmpty()
                                                    ? outroNavegador.codigo(email, SENHA)
                                                    : Navegador.codigo(outroNavegador.get(Navegador.autoriza())),
                                            Navegador.VERIFICADOR),
                            200)
                    .get("access_token")
                    .asString();
        }

        /// Each token is asked about once: what has been found to count is not looked at again for a minute.
        private int chama(String token) {
            return navegador
                    .get("/api/mensagens-mortas", "Authorization", "Bearer " + token)
                    .statusCode();
        }

        @Test
        void reativada_entra_de_novo_e_o_que_tinha_antes_nao_se_renova() {
            var usuario = comSenha(Papel.DOADOR);
            var tokens = tokens();

            cadastros.diz(AQUI, new UsuarioDesativado(new UsuarioId(usuario), null));
            cadastros.diz(AQUI, new UsuarioReativado(new UsuarioId(usuario)));

            assertThat(erro(navegador.renova(refresh(tokens)))).isEqualTo("invalid_grant");
        }

        @Test
        void papeis_novos_valem_na_proxima_renovacao() throws Exception {
            var usuario = comSenha(Papel.DOADOR);
            var tokens = tokens();

            cadastros.diz(AQUI, new PapeisAlterados(new UsuarioId(usuario), List.of(Papel.TECNICO)));

            assertThat(claims(json(navegador.renova(refresh(tokens)), 200)).getStringListClaim("roles"))
                    .containsExactly("TECNICO");
        }

        @Test
        void o_email_novo_e_o_login_e_o_link_do_antigo_nao_vale() {
            var usuario = comSenha(Papel.DOADOR);
            var link = link(usuario);
            var novo = "nova." + UUID.randomUUID() + "@example.org";

            cadastros.diz(AQUI, new UsuarioAtualizado(new UsuarioId(usuario), "Ana", novo, null));

            assertThat(accounts.logIn(email, SENHA)).isEmpty();
            assertThat(accounts.logIn(novo, SENHA)).isPresent();
            assertThat(navegador.define(link, SENHA).statusCode()).isEqualTo(400);
        }

        @Test
        void o_login_que_outras_organizacoes_conhecem_fica() {
            var usuario = comSenha(Papel.DOADOR);
            cadastros.cadastra(LA, email, Papel.VOLUNTARIO);

            cadastros.diz(AQUI, new UsuarioAtualizado(new UsuarioId(usuario), "Ana", "x" + email, null));

            assertThat(accounts.logIn(email, SENHA)).isPresent();
        }

        @Test
        void uma_organizacao_nao_mexe_no_que_e_de_outra() {
            var usuario = comSenha(Papel.DOADOR);
            var before = linhas();

            people.roles(usuario, LA, List.of("ADMIN"));
            people.disabled(usuario, LA, true);
            people.email(usuario, LA, "outro@example.org");

            assertThat(linhas()).isEqualTo(before);
        }

        @Test
        void o_que_e_dito_duas_vezes_da_o_mesmo() {
            var usuario = comSenha(Papel.DOADOR);
            cadastros.diz(AQUI, new PapeisAlterados(new UsuarioId(usuario), List.of(Papel.TECNICO)));
            cadastros.diz(AQUI, new UsuarioDesativado(new UsuarioId(usuario), null));
            var before = linhas();

            var again = log.read(0, log.horizon(), java.util.Set.of("usuario"), 100_000).stream()
                    .filter(event -> event.meta().aggregateUuid().equals(usuario))
                    .map(event -> new Delivery(event, usuario.toString()))
                    .toList();
            new PeopleSubscriber(people).handle(again);

            assertThat(again).hasSize(4);
            assertThat(linhas()).isEqualTo(before);
        }

        private List<String> linhas() {
            return db.sql(
                            "select a::text || m::text from account a join membership m on m.account_id = a.id order by 1")
                    .query(String.class)
                    .list();
        }

        @Test
        void outra_senha_encerra_as_sessoes_e_os_tokens_de_antes() {
            var usuario = comSenha(Papel.DOADOR);
            var tokens = tokens();
            assertThat(Navegador.codigo(navegador.get(Navegador.autoriza()))).isNotEmpty();

            outroNavegador.define(link(usuario), "outra senha bem comprida");

            assertThat(erro(navegador.renova(refresh(tokens)))).isEqualTo("invalid_grant");
            assertThat(location(navegador.get(Navegador.autoriza()))).endsWith("/entrar");
            assertThat(accounts.logIn(email, SENHA)).isEmpty();
            assertThat(accounts.logIn(email, "outra senha bem comprida")).isPresent();
        }
    }

    @Test
    void pedir_um_link_tem_a_mesma_resposta_para_quem_ha_e_quem_nao_ha() {
        cadastros.cadastra(AQUI, email, Papel.DOADOR);

        assertThat(List.of(
                        navegador.esquece(email), navegador.esquece("quem@example.org"), navegador.esquece("ninguem")))
                .allSatisfy(answer -> {
                    assertThat(answer.statusCode()).isEqualTo(303);
                    assertThat(answer.headers().firstValue("Location")).hasValue("/senha?enviado");
                });
        assertThat(navegador.get("/senha?enviado", "Accept-Language", "en").body())
                .contains("role=\"status\"", "This server sends no messages")
                .doesNotContain("<form");
        assertThat(navegador.get("/entrar").body()).contains("href=\"/senha\"");
    }
}
