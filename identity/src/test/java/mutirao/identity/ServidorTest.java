package mutirao.identity;

import static mutirao.identity.Navegador.json;
import static mutirao.identity.Navegador.jwt;
import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jwt.SignedJWT;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import mutirao.api.Actors;
import mutirao.identity.token.Authorizations;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;

/// Machines: what is published, and the tokens they get.
@Identidade
class ServidorTest {
    private static final String ROBO = basic("robo:segredo-do-robo");
    private static final String GESTORA = basic("gestora:segredo-da-gestora");

    private static String basic(String credentials) {
        return "Basic " + Base64.getEncoder().encodeToString(credentials.getBytes(StandardCharsets.UTF_8));
    }

    @Autowired
    Navegador navegador;

    @Autowired
    JdbcClient db;

    @Test
    void publica_o_que_sabe_e_so_o_que_sabe() {
        var metadata = json(navegador.get("/.well-known/openid-configuration"), 200);

        assertThat(metadata.get("issuer").asString()).isEqualTo(Identidade.ISSUER);
        assertThat(metadata.get("token_endpoint").asString()).isEqualTo(Identidade.ISSUER + "/oauth2/token");
        assertThat(metadata.get("jwks_uri").asString()).isEqualTo(Identidade.ISSUER + "/oauth2/jwks");
        assertThat(metadata.get("end_session_endpoint").asString()).isEqualTo(Identidade.ISSUER + "/connect/logout");
        assertThat(metadata.get("code_challenge_methods_supported").toString()).isEqualTo("[\"S256\"]");
        assertThat(metadata.propertyNames())
                .doesNotContain("dpop_signing_alg_values_supported", "tls_client_certificate_bound_access_tokens");
        assertThat(json(navegador.get("/.well-known/oauth-authorization-server"), 200)
                        .propertyNames())
                .doesNotContain("dpop_signing_alg_values_supported");
    }

    @Test
    void as_chaves_publicadas_nao_tem_parte_secreta() {
        assertThat(navegador.chaves().getKeys())
                .isNotEmpty()
                .noneMatch(com.nimbusds.jose.jwk.JWK::isPrivate)
                .allMatch(key -> key.getAlgorithm().getName().equals("RS256"));
    }

    @Test
    void uma_maquina_recebe_um_token_que_confere() throws Exception {
        var token = navegador.daMaquina();

        assertThat(navegador.confere(token)).isTrue();
        var claims = token.getJWTClaimsSet();
        assertThat(claims.getIssuer()).isEqualTo(Identidade.ISSUER);
        assertThat(claims.getSubject()).isEqualTo("robo");
        assertThat(claims.getAudience()).containsExactly("mutirao");
        assertThat(claims.getStringClaim("org")).isEqualTo(Actors.ORGANIZATION.toString());
        assertThat(claims.getStringListClaim("roles")).containsExactly("ADMIN", "COORDENADOR");
        assertThat(Duration.between(
                        claims.getIssueTime().toInstant(),
                        claims.getExpirationTime().toInstant()))
                .isEqualTo(Duration.ofMinutes(15));
        assertThat(token.getHeader().getAlgorithm().getName()).isEqualTo("RS256");
    }

    @Test
    void um_token_mudado_nao_confere() {
        var parts = navegador.daMaquina().serialize().split("\\.", -1);
        var other = navegador.daMaquina().serialize().split("\\.", -1);

        assertThat(navegador.confere(jwt(parts[0] + "." + parts[1] + "." + other[2])))
                .isFalse();
    }

    @Test
    void quem_tem_uuid_por_id_age_como_essa_pessoa_e_por_sua_organizacao() throws Exception {
        var answer = navegador.post(
                "/oauth2/token",
                Map.of(
                        "grant_type", "client_credentials",
                        "client_id", Identidade.PESSOA,
                        "client_secret", "outro-segredo"));

        SignedJWT token = jwt(json(answer, 200).get("access_token").asString());
        assertThat(token.getJWTClaimsSet().getSubject()).isEqualTo(Identidade.PESSOA);
        assertThat(token.getJWTClaimsSet().getStringClaim("org")).isEqualTo(Identidade.OUTRA_ORGANIZACAO);
        assertThat(token.getJWTClaimsSet().getStringListClaim("roles")).containsExactly("VOLUNTARIO");
    }

    @ParameterizedTest
    @CsvSource({"robo, errado", "ninguem, segredo-do-robo", "mutirao-docs, segredo-do-robo"})
    void credenciais_erradas_sao_401(String id, String secret) {
        var answer = navegador.maquina(id, secret);

        assertThat(json(answer, 401).get("error").asString()).isEqualTo("invalid_client");
        assertThat(answer.body()).doesNotContain("Exception", "mutirao.", secret);
    }

    @Test
    void uma_maquina_pergunta_por_um_token_e_o_revoga_se_for_seu() {
        var token = navegador.daMaquina().serialize();

        assertThat(pergunta(token).get("active").asBoolean()).isTrue();
        assertThat(pergunta(token).get("sub").asString()).isEqualTo("robo");
        assertThat(pergunta("inventado").toString()).isEqualTo("{\"active\":false}");

        var alheio = navegador.post("/oauth2/revoke", Map.of("token", token), "Authorization", GESTORA);
        assertThat(json(alheio, 400).get("error").asString()).isEqualTo("invalid_client");
        assertThat(pergunta(token).get("active").asBoolean()).isTrue();
        assertThat(navegador
                        .post("/oauth2/revoke", Map.of("token", token), "Authorization", ROBO)
                        .statusCode())
                .isEqualTo(200);
        assertThat(pergunta(token).toString()).isEqualTo("{\"active\":false}");
    }

    private JsonNode pergunta(String token) {
        return json(navegador.post("/oauth2/introspect", Map.of("token", token), "Authorization", ROBO), 200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/oauth2/token", "/oauth2/introspect", "/oauth2/revoke", "/oauth2/par"})
    void quem_nao_diz_quem_e_nao_e_mandado_a_pagina_de_entrar(String path) {
        for (var accept : List.of("text/html", "*/*", "application/json")) {
            assertThat(navegador
                            .post(path, Map.of("token", "x", "grant_type", "client_credentials"), "Accept", accept)
                            .statusCode())
                    .as(accept)
                    .isEqualTo(401);
        }
    }

    @Test
    void o_que_se_publica_da_api_nao_promete_o_que_nao_ha() {
        assertThat(json(navegador.get("/.well-known/oauth-protected-resource"), 200)
                        .path("tls_client_certificate_bound_access_tokens")
                        .asBoolean(false))
                .isFalse();
    }

    @Test
    void uma_maquina_nao_pede_codigo_nem_renova() {
        assertThat(navegador
                        .post(
                                "/oauth2/token",
                                Map.of(
                                        "grant_type", "refresh_token",
                                        "client_id", "robo",
                                        "refresh_token", "x"))
                        .statusCode())
                .isBetween(400, 401);
        assertThat(navegador.get(Navegador.autoriza("client_id", "robo")).statusCode())
                .isIn(302, 400);
    }

    @Test
    void nem_segredos_nem_tokens_estao_no_banco() {
        var token = navegador.daMaquina().serialize();

        var stored = db.sql("""
                        select string_agg(r::text, ' ') from (
                            select a::text as r from oauth2_authorization a
                            union all select c::text from oauth2_registered_client c
                            union all select p::text from account p
                            union all select encode(sealed, 'escape') from signing_key) t
                        """).query(String.class).single();
        assertThat(stored)
                .contains("{argon2id}$argon2id$v=19$m=19456,t=2,p=1$")
                .doesNotContain("segredo-do-robo", "outro-segredo", Identidade.SENHA, token, "\"d\"", "\"kty\"");
    }

    @Test
    void o_que_venceu_e_esquecido_e_o_que_vale_nao(@Autowired Authorizations authorizations) {
        navegador.daMaquina();
        db.sql("""
                        update oauth2_authorization set access_token_expires_at = now() - interval '25 hours'
                        where authorization_grant_type = 'client_credentials'
                        """).update();
        navegador.daMaquina();

        authorizations.forgetExpired();

        assertThat(db.sql("""
                        select count(*) from oauth2_authorization
                        where authorization_grant_type = 'client_credentials'
                        """).query(Integer.class).single()).isEqualTo(1);
    }

    @Test
    void o_resto_nao_tem_sessao() {
        var health = navegador.get("/actuator/health/liveness");

        assertThat(health.statusCode()).isEqualTo(200);
        assertThat(health.headers().map())
                .containsKeys("x-frame-options", "x-content-type-options")
                .doesNotContainKey("set-cookie");
        assertThat(navegador.get("/v3/api-docs").statusCode()).isEqualTo(200);
        assertThat(navegador.cookies()).isEmpty();
    }
}
