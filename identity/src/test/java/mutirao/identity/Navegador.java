package mutirao.identity;

import static mutirao.platform.test.Paciencia.PACIENCIA;
import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.crypto.RSASSAVerifier;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jwt.SignedJWT;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.CookieManager;
import java.net.HttpCookie;
import java.net.URI;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.text.ParseException;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Lazy;
import org.springframework.context.annotation.Scope;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// A browser without script that keeps cookies and follows no redirect by itself, and a client of the token endpoint. A
/// new one for whoever asks.
@Lazy // the port is known once the application has started
@Scope("prototype")
final class Navegador {
    static final String VOLTA = Identidade.ISSUER + "/swagger-ui/oauth2-redirect.html";
    static final String VERIFICADOR = "um-verificador-de-pelo-menos-quarenta-e-tres-caracteres";

    private static final JsonMapper JSON = JsonMapper.shared();
    private static final Pattern CSRF = Pattern.compile("name=\"_csrf\" value=\"([^\"]+)\"");

    private final String base;
    private final CookieManager cookies = new CookieManager();
    private final HttpClient http =
            HttpClient.newBuilder().cookieHandler(cookies).build();

    Navegador(@LocalServerPort int port) {
        this.base = "http://127.0.0.1:" + port;
    }

    HttpResponse<String> get(String where, String... headers) {
        return send(HttpRequest.newBuilder(to(where)).GET(), headers);
    }

    HttpResponse<String> post(String where, Map<String, String> form, String... headers) {
        return send(
                HttpRequest.newBuilder(to(where))
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .POST(BodyPublishers.ofString(encoded(form))),
                headers);
    }

    private HttpResponse<String> send(HttpRequest.Builder request, String... headers) {
        request.timeout(PACIENCIA).header("Accept", "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8");
        for (int i = 0; i < headers.length; i += 2) {
            request.setHeader(headers[i], headers[i + 1]);
        }
        try {
            return http.send(request.build(), BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private URI to(String where) {
        return URI.create(base).resolve(where);
    }

    static String encoded(Map<String, String> form) {
        return form.entrySet().stream()
                .map(e -> e.getKey() + "=" + URLEncoder.encode(e.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
    }

    static String location(HttpResponse<?> response) {
        assertThat(response.statusCode())
                .as(response.uri() + " " + response.body())
                .isEqualTo(302);
        return response.headers().firstValue("Location").orElseThrow();
    }

    static JsonNode json(HttpResponse<String> response, int status) {
        assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
        return JSON.readTree(response.body());
    }

    List<HttpCookie> cookies() {
        return cookies.getCookieStore().getCookies();
    }

    /// Has a cookie that nobody here gave.
    void planta(String name, String value) {
        var cookie = new HttpCookie(name, value);
        cookie.setPath("/");
        cookie.setVersion(0);
        cookies.getCookieStore().add(URI.create(base), cookie);
    }

    /// Sends the login form as it stands on the page.
    HttpResponse<String> entra(String login, String senha) {
        var page = get("/entrar");
        assertThat(page.statusCode()).isEqualTo(200);
        var csrf = CSRF.matcher(page.body());
        assertThat(csrf.find()).isTrue();
        return post("/entrar", Map.of("login", login, "senha", senha, "_csrf", csrf.group(1)));
    }

    /// Fills in the page that a link leads to; if it no longer does, sends what somebody sends who still has it open.
    HttpResponse<String> define(String link, String senha) {
        get(link.substring(Identidade.ISSUER.length()));
        var csrf = CSRF.matcher(get("/entrar").body()); // a browser has one for all pages
        assertThat(csrf.find()).isTrue();
        var token = link.substring(link.indexOf('=') + 1);
        return post("/senha/nova", Map.of("token", token, "senha", senha, "_csrf", csrf.group(1)));
    }

    /// Asks for a link.
    HttpResponse<String> esquece(String login) {
        var csrf = CSRF.matcher(get("/entrar").body()); // a browser has one for all pages
        assertThat(csrf.find()).isTrue();
        return post("/senha", Map.of("login", login, "_csrf", csrf.group(1)));
    }

    /// Invites a person as a machine does that has the role.
    HttpResponse<String> convida(UUID usuario, String maquina, String segredo) {
        var token = json(maquina(maquina, segredo), 200).get("access_token").asString();
        return post(
                "/api/usuarios/" + usuario + "/convite",
                Map.of(),
                "Authorization",
                "Bearer " + token,
                "Accept",
                "application/json");
    }

    /// The address that asks for a code, with further parameters: name, value, name, value.
    static String autoriza(String... more) {
        var parameters = new LinkedHashMap<String, String>();
        parameters.put("response_type", "code");
        parameters.put("client_id", "mutirao-docs");
        parameters.put("redirect_uri", VOLTA);
        parameters.put("scope", "openid");
        parameters.put("state", "um-estado");
        parameters.put("code_challenge", desafio(VERIFICADOR));
        parameters.put("code_challenge_method", "S256");
        for (int i = 0; i < more.length; i += 2) {
            parameters.put(more[i], more[i + 1]);
        }
        return "/oauth2/authorize?" + encoded(parameters);
    }

    static String desafio(String verifier) {
        try {
            return Base64.getUrlEncoder()
                    .withoutPadding()
                    .encodeToString(
                            MessageDigest.getInstance("SHA-256").digest(verifier.getBytes(StandardCharsets.US_ASCII)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /// From the client's request over the login to its code.
    String codigo(String login, String senha, String... more) {
        assertThat(location(get(autoriza(more)))).endsWith("/entrar");
        return codigo(get(location(entra(login, senha))));
    }

    static String codigo(HttpResponse<String> redirect) {
        var location = location(redirect);
        assertThat(location).startsWith(VOLTA + "?");
        var parameters = parameters(location);
        assertThat(parameters).containsEntry("state", "um-estado").containsKey("code");
        return parameters.get("code");
    }

    static Map<String, String> parameters(String location) {
        return Arrays.stream(URI.create(location).getRawQuery().split("&"))
                .map(pair -> pair.split("=", 2))
                .collect(Collectors.toMap(
                        pair -> pair[0],
                        pair -> pair.length == 1 ? "" : URLDecoder.decode(pair[1], StandardCharsets.UTF_8)));
    }

    HttpResponse<String> troca(String code, String verifier) {
        return post(
                "/oauth2/token",
                Map.of(
                        "grant_type", "authorization_code",
                        "client_id", "mutirao-docs",
                        "redirect_uri", VOLTA,
                        "code", code,
                        "code_verifier", verifier));
    }

    HttpResponse<String> renova(String refreshToken, String... more) {
        var form = new LinkedHashMap<>(
                Map.of("grant_type", "refresh_token", "client_id", "mutirao-docs", "refresh_token", refreshToken));
        for (int i = 0; i < more.length; i += 2) {
            form.put(more[i], more[i + 1]);
        }
        return post("/oauth2/token", form);
    }

    HttpResponse<String> maquina(String id, String secret) {
        var credentials = Base64.getEncoder().encodeToString((id + ":" + secret).getBytes(StandardCharsets.UTF_8));
        return post(
                "/oauth2/token", Map.of("grant_type", "client_credentials"), "Authorization", "Basic " + credentials);
    }

    /// A token of the first bootstrapped client.
    SignedJWT daMaquina() {
        return jwt(json(maquina("robo", "segredo-do-robo"), 200)
                .get("access_token")
                .asString());
    }

    static SignedJWT jwt(String token) {
        try {
            return SignedJWT.parse(token);
        } catch (ParseException e) {
            throw new IllegalArgumentException(e);
        }
    }

    JWKSet chaves() {
        try {
            return JWKSet.parse(json(get("/oauth2/jwks"), 200).toString());
        } catch (ParseException e) {
            throw new IllegalStateException(e);
        }
    }

    /// Whether the published keys vouch for it.
    boolean confere(SignedJWT token) {
        try {
            var key = chaves().getKeyByKeyId(token.getHeader().getKeyID());
            return key != null && token.verify(new RSASSAVerifier((RSAKey) key));
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }
}
