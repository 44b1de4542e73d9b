package mutirao;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.security.oauth2.core.endpoint.OAuth2ParameterNames;
import org.springframework.security.oauth2.core.endpoint.PkceParameterNames;
import org.springframework.security.oauth2.core.oidc.endpoint.OidcParameterNames;
import org.springframework.test.context.TestPropertySource;
import tools.jackson.databind.JsonNode;

/// Every parameter of every operation, of the API and of the login, with what nobody sends by mistake: the answer is a
/// refusal or what was asked for, and never a fault or a page.
@Aplicacao
@TestPropertySource(properties = "mutirao.oferta.reserva=PT20M") // the program of AcessoTest
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class HostilTest {
    /// Texts as they stand in an address.
    private static final List<String> TEXTOS = List.of(
            "a%00b",
            "%ED%A0%80", // half a surrogate pair
            "",
            "%F0%9F", // half a character
            "%C0%80", // U+0000 in two bytes
            "%FF",
            "x".repeat(10_000),
            "%25%5F%27%22%3B--",
            "AA", // U+0000, as cursors are written
            "H_8f_x8A");

    private static final List<String> INSTANTES = List.of(
            "-999999999-01-01T00:00:00Z",
            "%2B999999999-12-31T23:59:59Z",
            "0000-12-31T23:59:59Z",
            "0001-01-01T00:00:00Z",
            "9999-12-31T23:59:59Z",
            "%2B10000-01-01T00:00:00Z",
            "%2B294276-12-31T23:59:59.999999Z",
            "%2B294277-01-01T00:00:00Z");

    private static final List<String> NUMEROS =
            List.of("-1", "9223372036854775807", "9223372036854775808", "9".repeat(400), "1e999", "NaN");

    /// What stands in a header: bytes, one a character.
    private static final List<String> CABECALHOS =
            List.of("", "x".repeat(10_000), "\u00ed\u00a0\u0080", "\u00ff", "9".repeat(400), "\"9223372036854775808\"");

    @Autowired
    Api api;

    private final List<Parametro> parametros = new ArrayList<>();

    /// One parameter of an operation.
    private record Parametro(String method, String path, String in, String name, JsonNode schema) {
        @Override
        public String toString() {
            return method + " " + path + " " + in + " " + name;
        }

        List<String> valores() {
            if (in.equals("header")) {
                return CABECALHOS;
            }
            var kind = schema.toString();
            var more = kind.contains("date-time") ? INSTANTES : kind.matches(".*(integer|number).*") ? NUMEROS : TEXTOS;
            return Stream.concat(more.stream(), Stream.of("a%00b", "%FF", "-1"))
                    .distinct()
                    .toList();
        }

        String with(String value) {
            var there = in.equals("path") ? path.replace("{" + name + "}", value) : path + "?" + name + "=" + value;
            return there.replace("{aggregateType}", "necessidade")
                    .replace("{name}", "nenhuma")
                    .replaceAll("\\{\\w+}", UUID.randomUUID().toString());
        }
    }

    @BeforeAll
    void le_os_parametros() {
        api.get("/v3/api-docs")
                .com(200)
                .json()
                .get("paths")
                .forEachEntry((path, item) -> item.forEachEntry((method, operation) -> operation
                        .path("parameters")
                        .forEach(parameter -> parametros.add(new Parametro(
                                method.toUpperCase(Locale.ROOT),
                                path,
                                parameter.get("in").asString(),
                                parameter.get("name").asString(),
                                parameter.get("schema"))))));
        assertThat(parametros).hasSizeGreaterThan(150);
    }

    private static void inofensiva(String what, Api.Resposta answer) {
        assertThat(answer.status()).as(what + ": " + answer.http().body()).isLessThan(500);
        if (answer.status() >= 400 && !answer.http().body().isEmpty()) {
            assertThat(answer.header("Content-Type")).as(what).matches("application/(problem\\+)?json.*");
            assertThat(answer.http().body()).as(what).doesNotContain("Exception", "java.", "SQL");
        }
    }

    @TestFactory
    Stream<DynamicTest> nenhum_parametro_da_api_derruba_nada() {
        return parametros.stream()
                .map(parametro -> DynamicTest.dynamicTest(parametro.toString(), () -> {
                    var quem = api.como(UUID.randomUUID());
                    var body = parametro.method().matches("POST|PUT|PATCH") ? "{}" : null;
                    for (var value : parametro.valores()) {
                        var what = parametro + " = " + (value.length() > 50 ? value.length() + " characters" : value);
                        inofensiva(
                                what,
                                parametro.in().equals("header")
                                        ? quem.send(
                                                parametro.method(), parametro.with("x"), body, parametro.name(), value)
                                        : quem.send(parametro.method(), parametro.with(value), body));
                    }
                }));
    }

    @Test
    void o_que_nao_cabe_no_banco_e_um_erro_do_parametro_que_o_traz() {
        for (var at : List.of("-999999999-01-01T00:00:00Z", "%2B10000-01-01T00:00:00Z", "0000-12-31T23:59:59Z")) {
            for (var path :
                    List.of("/api/ofertas?availableAt=", "/api/auditoria?from=", "/api/auditoria?occurredAt=")) {
                var error = api.get(path + at).com(400).json().get("errors").get(0);
                assertThat(error.get("field").asString()).isEqualTo(path.replaceAll(".*\\?|=", ""));
                assertThat(error.get("message").asString()).isEqualTo("fora do calendário");
            }
        }
        var error = api.get("/api/necessidades?q=a%00b")
                .com(400)
                .json()
                .get("errors")
                .get(0);
        assertThat(error.get("field").asString()).isEqualTo("q");
        api.get("/api/ofertas?availableAt=2026-05-06T12:00:00-03:00").com(200);
    }

    /// The protocol's parameters, as the library that speaks it names them.
    private static List<String> nomes() {
        return Stream.of(OAuth2ParameterNames.class, OidcParameterNames.class, PkceParameterNames.class)
                .flatMap(names -> Arrays.stream(names.getFields()))
                .filter(field -> Modifier.isStatic(field.getModifiers()) && field.getType() == String.class)
                .map(HostilTest::valor)
                .distinct()
                .toList();
    }

    private static String valor(Field constant) {
        try {
            return (String) constant.get(null);
        } catch (IllegalAccessException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Map<String, String> form(String... pairs) {
        var form = new LinkedHashMap<String, String>();
        for (int i = 0; i < pairs.length; i += 2) {
            form.put(pairs[i], URLEncoder.encode(pairs[i + 1], StandardCharsets.UTF_8));
        }
        return form;
    }

    private static String escrito(Map<String, String> form) {
        return form.entrySet().stream()
                .map(p -> p.getKey() + "=" + p.getValue())
                .collect(Collectors.joining("&"));
    }

    @TestFactory
    Stream<DynamicTest> nenhum_parametro_da_entrada_derruba_nada() {
        var authorize = form(
                "response_type", "code",
                "client_id", "mutirao-docs",
                "redirect_uri", "http://localhost/swagger-ui/oauth2-redirect.html",
                "scope", "openid",
                "state", "x",
                "code_challenge", "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM",
                "code_challenge_method", "S256");
        var code = form(
                "grant_type", "authorization_code",
                "client_id", "mutirao-docs",
                "redirect_uri", "http://localhost/swagger-ui/oauth2-redirect.html",
                "code", "x",
                "code_verifier", "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk");
        var refresh = form("grant_type", "refresh_token", "client_id", "mutirao-docs", "refresh_token", "x");
        var machine = form("grant_type", "client_credentials", "client_id", "x", "client_secret", "x");
        var token = form("token", "x", "client_id", "x", "client_secret", "x");
        return Stream.of(
                        Map.entry("GET /oauth2/authorize", authorize),
                        Map.entry("POST /oauth2/authorize", authorize),
                        Map.entry("POST /oauth2/token", code),
                        Map.entry("POST /oauth2/token ", refresh),
                        Map.entry("POST /oauth2/token  ", machine),
                        Map.entry("POST /oauth2/revoke", token),
                        Map.entry("POST /oauth2/introspect", token),
                        Map.entry("GET /connect/logout", form("id_token_hint", "x")),
                        Map.entry("POST /connect/logout", form("id_token_hint", "x")),
                        Map.entry("GET /userinfo", form()),
                        Map.entry("POST /entrar", form("login", "x", "senha", "x", "_csrf", "x")),
                        Map.entry("GET /entrar", form("erro", "x")),
                        Map.entry("POST /senha", form("login", "x", "_csrf", "x")))
                .map(call -> DynamicTest.dynamicTest(call.getKey(), () -> {
                    var method = call.getKey().split(" ")[0];
                    var path = call.getKey().split(" ")[1];
                    var hashes = call.getValue().containsKey("client_secret"); // which is slow on purpose
                    var names = path.matches("/oauth2.*|/connect.*") && !hashes
                            ? nomes()
                            : List.copyOf(call.getValue().keySet());
                    for (var name : names) {
                        for (var value : hashes ? TEXTOS.subList(0, 3) : TEXTOS) {
                            var form = new LinkedHashMap<>(call.getValue());
                            form.put(name, value);
                            var answer = method.equals("GET")
                                    ? api.semToken().get(path + "?" + escrito(form))
                                    : api.semToken()
                                            .post(
                                                    path,
                                                    escrito(form),
                                                    "Content-Type",
                                                    "application/x-www-form-urlencoded");
                            inofensiva(call.getKey() + " " + name + "=" + value, answer);
                        }
                    }
                }));
    }

    @ParameterizedTest
    @ValueSource(strings = {"%00:x", "a%00b:x", "x:%00", "%ED%A0%80:x", "%zz:x", "\u0000:x", ":", "x"})
    void nenhuma_credencial_derruba_nada(String credentials) {
        var basic = Base64.getEncoder().encodeToString(credentials.getBytes(StandardCharsets.UTF_8));
        inofensiva(
                credentials,
                api.semToken()
                        .send(
                                "POST",
                                "/oauth2/token",
                                "grant_type=client_credentials",
                                "Content-Type",
                                "application/x-www-form-urlencoded",
                                "Authorization",
                                "Basic " + basic));
    }

    /// A page for people, who followed a link.
    @Test
    void um_link_que_nao_e_nenhum_e_uma_pagina_que_o_diz() {
        for (var token : TEXTOS) {
            var page = api.semToken().get("/senha/nova?token=" + token);
            assertThat(page.status()).as(token).isBetween(200, 499);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"PUT", "PATCH", "DELETE", "POST"})
    void um_formulario_que_ninguem_pediu_e_recusado_pelo_formato(String method) {
        for (var form : List.of("a=%zz", "a=%00", "a=%FF", "%", "=&=&", "x".repeat(3_000_000))) {
            inofensiva(
                    method + " " + form.length(),
                    api.send(
                            method,
                            "/api/necessidades/" + UUID.randomUUID(),
                            form,
                            "Content-Type",
                            "application/x-www-form-urlencoded"));
        }
    }
}
