package mutirao.identity;

import static mutirao.identity.Navegador.json;
import static mutirao.identity.Navegador.jwt;
import static mutirao.identity.Navegador.location;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import mutirao.api.Actors;
import mutirao.identity.account.Accounts;
import mutirao.identity.account.Membership;
import mutirao.platform.identity.Role;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;

/// People: the page, the code and what it is exchanged for, and the end.
@Identidade
class LoginTest {
    private static final String SENHA = "uma senha qualquer";

    @Autowired
    Navegador navegador;

    @Autowired
    Accounts accounts;

    @Autowired
    JdbcClient db;

    private final UUID pessoa = UUID.randomUUID();
    private final UUID outra = UUID.randomUUID();
    private final UUID usuario = UUID.randomUUID();
    private final UUID usuarioDeOutra = UUID.randomUUID();
    private final String email = "ana." + pessoa + "@example.org";

    @BeforeEach
    void conta() {
        accounts.open(pessoa, email.toUpperCase(java.util.Locale.ROOT), SENHA);
        accounts.join(new Membership(pessoa, Actors.ORGANIZATION, usuario, Set.of(Role.VOLUNTARIO, Role.DOADOR)));
        accounts.join(new Membership(pessoa, outra, usuarioDeOutra, Set.of(Role.COORDENADOR)));
    }

    private JsonNode tokens(String... more) {
        var code = navegador.codigo(email, SENHA, more);
        return json(navegador.troca(code, Navegador.VERIFICADOR), 200);
    }

    private static String refresh(JsonNode tokens) {
        return tokens.get("refresh_token").asString();
    }

    @Nested
    class Codigo {
        @Test
        void o_administrador_entra_e_troca_o_codigo_por_um_token() throws Exception {
            var code = navegador.codigo("Admin ", Identidade.SENHA);
            var tokens = json(navegador.troca(code, Navegador.VERIFICADOR), 200);

            var access = jwt(tokens.get("access_token").asString());
            assertThat(navegador.confere(access)).isTrue();
            var claims = access.getJWTClaimsSet();
            assertThat(claims.getSubject()).isEqualTo(Accounts.ADMINISTRATOR.toString());
            assertThat(claims.getAudience()).containsExactly("mutirao");
            assertThat(claims.getStringClaim("org")).isEqualTo(Actors.ORGANIZATION.toString());
            assertThat(claims.getStringListClaim("roles")).containsExactly("ADMIN", "OPERADOR");

            var id = jwt(tokens.get("id_token").asString());
            assertThat(navegador.confere(id)).isTrue();
            assertThat(id.getJWTClaimsSet().getAudience()).containsExactly("mutirao-docs");
            assertThat(id.getJWTClaimsSet().getSubject()).isEqualTo(Accounts.ADMINISTRATOR.toString());

            var me = navegador.get("/userinfo", "Authorization", "Bearer " + access.serialize());
            assertThat(json(me, 200).get("sub").asString()).isEqualTo(Accounts.ADMINISTRATOR.toString());
        }

        @Test
        void com_outro_verificador_e_recusado_e_o_codigo_fica_gasto() {
            var code = navegador.codigo(email, SENHA);

            assertThat(json(navegador.troca(code, "x".repeat(43)), 400)
                            .get("error")
                            .asString())
                    .isEqualTo("invalid_grant");
            assertThat(json(navegador.troca(code, Navegador.VERIFICADOR), 400)
                            .get("error")
                            .asString())
                    .as("whoever guesses has one try")
                    .isEqualTo("invalid_grant");
        }

        @Test
        void um_codigo_serve_uma_vez_so() {
            var code = navegador.codigo(email, SENHA);

            var tokens = json(navegador.troca(code, Navegador.VERIFICADOR), 200);
            assertThat(navegador.troca(code, Navegador.VERIFICADOR).statusCode())
                    .isEqualTo(400);
            assertThat(navegador.renova(refresh(tokens)).statusCode())
                    .as("a code used twice ends what it was exchanged for")
                    .isEqualTo(400);
        }

        @Test
        void sem_desafio_ou_com_desafio_em_claro_nao_ha_codigo() {
            navegador.entra(email, SENHA);

            assertThat(location(navegador.get(Navegador.autoriza("code_challenge", ""))))
                    .contains("error=invalid_request")
                    .doesNotContain("code=");
            assertThat(location(navegador.get(Navegador.autoriza("code_challenge_method", "plain"))))
                    .contains("error=invalid_request")
                    .doesNotContain("code=");
        }

        @Test
        void nunca_se_vai_para_um_endereco_nao_registrado() {
            navegador.entra(email, SENHA);

            var answer = navegador.get(Navegador.autoriza("redirect_uri", "https://mal.example/volta"));
            assertThat(answer.statusCode()).isEqualTo(400);
            assertThat(answer.headers().firstValue("Location")).isEmpty();
        }

        @Test
        void quem_ja_entrou_nao_entra_de_novo() {
            navegador.codigo(email, SENHA);

            assertThat(Navegador.codigo(navegador.get(Navegador.autoriza()))).isNotEmpty();
        }
    }

    @Nested
    class Organizacao {
        @Test
        void escolhe_se_ao_entrar_e_troca_se_ao_renovar() throws Exception {
            var tokens = tokens("org", outra.toString());
            assertThat(claims(tokens).getStringClaim("org")).isEqualTo(outra.toString());
            assertThat(claims(tokens).getSubject()).isEqualTo(usuarioDeOutra.toString());
            assertThat(claims(tokens).getStringListClaim("roles")).containsExactly("COORDENADOR");

            var same = json(navegador.renova(refresh(tokens)), 200);
            assertThat(claims(same).getStringClaim("org")).isEqualTo(outra.toString());

            var other = json(navegador.renova(refresh(same), "org", Actors.ORGANIZATION.toString()), 200);
            assertThat(claims(other).getStringClaim("org")).isEqualTo(Actors.ORGANIZATION.toString());
            assertThat(claims(other).getSubject()).isEqualTo(usuario.toString());
            assertThat(claims(other).getStringListClaim("roles")).containsExactly("DOADOR", "VOLUNTARIO");
            assertThat(jwt(other.get("id_token").asString()).getJWTClaimsSet().getSubject())
                    .isEqualTo(pessoa.toString());
        }

        @Test
        void de_outros_ou_que_nao_e_uuid_e_recusada() {
            var code = navegador.codigo(email, SENHA, "org", UUID.randomUUID().toString());
            assertThat(json(navegador.troca(code, Navegador.VERIFICADOR), 400)
                            .get("error")
                            .asString())
                    .isEqualTo("invalid_grant");

            var tokens = json(
                    navegador.troca(Navegador.codigo(navegador.get(Navegador.autoriza())), Navegador.VERIFICADOR), 200);
            assertThat(json(navegador.renova(refresh(tokens), "org", "x'y"), 400)
                            .get("error")
                            .asString())
                    .isEqualTo("invalid_request");
        }

        @Test
        void quem_e_operador_em_uma_o_e_em_todas() throws Exception {
            accounts.join(new Membership(pessoa, outra, usuarioDeOutra, Set.of(Role.OPERADOR)));

            assertThat(claims(tokens()).getStringListClaim("roles"))
                    .containsExactly("DOADOR", "OPERADOR", "VOLUNTARIO");
        }

        private static com.nimbusds.jwt.JWTClaimsSet claims(JsonNode tokens) throws java.text.ParseException {
            return jwt(tokens.get("access_token").asString()).getJWTClaimsSet();
        }
    }

    @Nested
    class Renovacao {
        @Test
        void cada_token_de_renovacao_serve_uma_vez() {
            var first = tokens();
            var second = json(navegador.renova(refresh(first)), 200);

            assertThat(refresh(second)).isNotEqualTo(refresh(first));
            assertThat(navegador.confere(jwt(second.get("access_token").asString())))
                    .isTrue();
            assertThat(navegador.renova(refresh(second)).statusCode()).isEqualTo(200);
        }

        @Test
        void um_usado_duas_vezes_revoga_a_familia_toda() {
            var first = tokens();
            var second = json(navegador.renova(refresh(first)), 200);
            var third = json(navegador.renova(refresh(second)), 200);

            assertThat(json(navegador.renova(refresh(first)), 400).get("error").asString())
                    .isEqualTo("invalid_grant");

            assertThat(json(navegador.renova(refresh(third)), 400).get("error").asString())
                    .isEqualTo("invalid_grant");
        }

        @Test
        void outra_familia_da_mesma_pessoa_continua() {
            var one = tokens();
            var other = json(
                    navegador.troca(Navegador.codigo(navegador.get(Navegador.autoriza())), Navegador.VERIFICADOR), 200);
            navegador.renova(refresh(one));
            navegador.renova(refresh(one));

            assertThat(navegador.renova(refresh(other)).statusCode()).isEqualTo(200);
        }

        @Test
        void de_muitos_ao_mesmo_tempo_no_maximo_um_recebe() {
            var token = refresh(tokens());

            var answers = IntStream.range(0, 8)
                    .mapToObj(_ -> CompletableFuture.supplyAsync(
                            () -> navegador.renova(token).statusCode(),
                            task -> Thread.ofVirtual().start(task)))
                    .toList()
                    .stream()
                    .map(CompletableFuture::join)
                    .toList();

            assertThat(answers).containsOnly(200, 400).containsOnlyOnce(200);
        }

        @Test
        void quem_foi_desligado_nao_renova() {
            var tokens = tokens();
            accounts.disable(pessoa);

            assertThat(navegador.renova(refresh(tokens)).statusCode()).isEqualTo(400);
        }

        @Test
        void um_inventado_ou_guardado_no_banco_nao_serve() {
            tokens();
            var stored = db.sql("select refresh_token_value from oauth2_authorization where principal_name = ?")
                    .param(pessoa.toString())
                    .query(String.class)
                    .single();

            assertThat(navegador.renova("inventado").statusCode()).isEqualTo(400);
            assertThat(navegador.renova(stored).statusCode()).isEqualTo(400);
        }
    }

    @Nested
    class Saida {
        @Test
        void encerra_a_sessao_e_o_token_de_renovacao() {
            var tokens = tokens();
            var back = Identidade.ISSUER + "/docs";

            var out = navegador.get("/connect/logout?"
                    + Navegador.encoded(Map.of(
                            "id_token_hint", tokens.get("id_token").asString(), "post_logout_redirect_uri", back)));

            assertThat(location(out)).isEqualTo(back);
            assertThat(location(navegador.get(Navegador.autoriza()))).endsWith("/entrar");
            assertThat(navegador.renova(refresh(tokens)).statusCode()).isEqualTo(400);
        }

        @Test
        void nao_leva_a_um_endereco_nao_registrado() {
            var tokens = tokens();

            var out = navegador.get("/connect/logout?"
                    + Navegador.encoded(Map.of(
                            "id_token_hint",
                            tokens.get("id_token").asString(),
                            "post_logout_redirect_uri",
                            "https://mal.example")));

            assertThat(out.statusCode()).isEqualTo(400);
        }
    }

    @Nested
    class Pagina {
        @Test
        void fala_portugues_e_ingles() {
            var portuguese = navegador.get("/entrar", "Accept-Language", "fr, pt;q=0.8, en;q=0.5");
            var english = navegador.get("/entrar", "Accept-Language", "en-US,en;q=0.9,pt;q=0.8");

            assertThat(portuguese.body()).contains("<html lang=\"pt-BR\">", "Entrar no Mutirão", ">Senha</label>");
            assertThat(english.body()).contains("<html lang=\"en\">", "Log in to Mutirão", ">Password</label>");
            assertThat(navegador.get("/entrar", "Accept-Language", "de").body()).contains("Entrar no Mutirão");
        }

        @Test
        void cada_campo_tem_rotulo_e_nada_precisa_de_script() {
            var page = navegador.get("/entrar");

            assertThat(page.body())
                    .contains("<label for=\"login\">", "id=\"login\"", "<label for=\"senha\">", "id=\"senha\"")
                    .contains("name=\"viewport\"", "autocomplete=\"username\"", "autocomplete=\"current-password\"")
                    .doesNotContain("<script", "{{", "}}", "http://", "https://");
            assertThat(page.headers().firstValue("Content-Security-Policy").orElseThrow())
                    .contains("default-src 'none'", "style-src 'sha256-");
            assertThat(page.headers().firstValue("X-Frame-Options")).hasValue("DENY");
            assertThat(page.headers().firstValue("Cache-Control").orElseThrow()).contains("no-store");
        }

        @Test
        void quem_nao_entrou_nao_custa_sessao_nenhuma() {
            var answers = List.of(
                    navegador.get("/entrar"),
                    navegador.get("/entrar?erro"),
                    navegador.get("/senha"),
                    navegador.get("/senha/nova?token=inventado"),
                    navegador.get(Navegador.autoriza()),
                    navegador.get(Navegador.autoriza("state", "x".repeat(6000))),
                    navegador.entra(email, "errada"),
                    navegador.esquece(email));

            assertThat(answers)
                    .allSatisfy(answer -> assertThat(answer.headers().allValues("Set-Cookie"))
                            .as(answer.request().method() + " " + answer.uri())
                            .noneMatch(cookie -> cookie.startsWith("JSESSIONID")));
        }

        @Test
        void os_cookies_sao_lax_e_invisiveis_a_scripts_e_o_da_sessao_muda_ao_entrar() {
            var asked = navegador.get(Navegador.autoriza()).headers().allValues("Set-Cookie");
            var page = navegador.get("/entrar").headers().allValues("Set-Cookie");
            var entered = navegador.entra(email, SENHA).headers().allValues("Set-Cookie");

            assertThat(asked).hasSize(1);
            assertThat(page).hasSize(1);
            assertThat(entered).anyMatch(cookie -> cookie.startsWith("JSESSIONID"));
            assertThat(Stream.of(asked, page, entered).flatMap(List::stream))
                    .allMatch(cookie -> cookie.contains("HttpOnly") && cookie.contains("SameSite=Lax"));

            var session = sessao();
            navegador.entra(email, SENHA);
            assertThat(sessao()).isNotEqualTo(session);
        }

        private String sessao() {
            return navegador.cookies().stream()
                    .filter(cookie -> cookie.getName().equals("JSESSIONID"))
                    .findFirst()
                    .orElseThrow()
                    .getValue();
        }

        @ParameterizedTest
        @ValueSource(strings = {"https://mal.example", "//mal.example/", "@mal.example", "\r\nX: y", "a b", "\u00e9"})
        void um_cookie_plantado_nao_leva_a_outro_lugar(String query) {
            var bytes = query.getBytes(StandardCharsets.UTF_8);
            navegador.planta("volta", Base64.getUrlEncoder().withoutPadding().encodeToString(bytes));

            var where = URI.create("http://aqui/").resolve(location(navegador.entra(email, SENHA)));

            assertThat(where.getHost()).isIn("aqui", "127.0.0.1");
            assertThat(where.getPath()).isIn("/", "/oauth2/authorize");
        }

        @Test
        void sem_o_segredo_do_formulario_ninguem_entra() {
            navegador.get("/entrar");

            assertThat(navegador
                            .post("/entrar", Map.of("login", email, "senha", SENHA))
                            .statusCode())
                    .isEqualTo(403);
            assertThat(location(navegador.get(Navegador.autoriza()))).endsWith("/entrar");
        }

        @Test
        void senha_errada_login_desconhecido_conta_desligada_ou_trancada_tem_a_mesma_resposta() {
            var off = UUID.randomUUID();
            accounts.open(off, off + "@example.org", SENHA);
            accounts.disable(off);
            var locked = UUID.randomUUID();
            accounts.open(locked, locked + "@example.org", SENHA);
            IntStream.range(0, 6).forEach(_ -> accounts.logIn(locked + "@example.org", "errada"));

            var answers = Stream.of(
                            navegador.entra(email, "errada"),
                            navegador.entra("quem@example.org", "errada"),
                            navegador.entra("", ""),
                            navegador.entra(email, "x".repeat(5000)),
                            navegador.entra(off + "@example.org", SENHA),
                            navegador.entra(locked + "@example.org", SENHA))
                    .map(answer -> answer.statusCode() + " " + location(answer))
                    .toList();

            assertThat(answers).allMatch(answers.getFirst()::equals);
            assertThat(answers.getFirst()).endsWith("/entrar?erro");
            assertThat(navegador.get("/entrar?erro").body())
                    .contains("role=\"alert\"", "Confira o e-mail e a senha")
                    .doesNotContain(email);
            assertThat(location(navegador.get(Navegador.autoriza()))).endsWith("/entrar");
        }
    }
}
