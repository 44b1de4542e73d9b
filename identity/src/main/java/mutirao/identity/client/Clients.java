package mutirao.identity.client;

import static java.util.Objects.requireNonNull;
import static java.util.stream.Collectors.joining;

import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.security.oauth2.core.AuthorizationGrantType;
import org.springframework.security.oauth2.core.ClientAuthenticationMethod;
import org.springframework.security.oauth2.core.oidc.OidcScopes;
import org.springframework.security.oauth2.server.authorization.client.RegisteredClient;
import org.springframework.security.oauth2.server.authorization.client.RegisteredClientRepository;
import org.springframework.security.oauth2.server.authorization.settings.ClientSettings;
import org.springframework.security.oauth2.server.authorization.settings.TokenSettings;

/// The clients that every start sees to. What the settings say holds: a client that differs from them is changed, one
/// that they no longer name stays as it is.
public final class Clients {
    /// The Swagger UI: a public client, for people, with PKCE.
    public static final String DOCS = "mutirao-docs";

    /// How long an access token is good for.
    public static final Duration ACCESS = Duration.ofMinutes(15);
    /// How long a refresh token is good for; each is exchanged for a new one.
    private static final Duration REFRESH = Duration.ofDays(14);

    private static final Logger log = LoggerFactory.getLogger(Clients.class);
    private static final String ROLES = "mutirao.roles";
    /// The setting that says for which organization a client acts by itself.
    public static final String ORGANIZATION = "mutirao.organization";

    /// Where Swagger UI comes back to, as springdoc serves it.
    private static final List<String> BACK = List.of("/swagger-ui/oauth2-redirect.html");

    private static final String LOOPBACK = "http://127.0.0.1";

    private final RegisteredClientRepository clients;
    private final PasswordEncoder passwords;
    private final Clock clock;

    /// @param passwords hashes the secrets
    public Clients(RegisteredClientRepository clients, PasswordEncoder passwords, Clock clock) {
        this.clients = clients;
        this.passwords = passwords;
        this.clock = clock;
    }

    /// Sees to the Swagger UI's client.
    ///
    /// @param issuer the program's address; empty when only a request tells
    public void docs(Optional<String> issuer) {
        // On 127.0.0.1 any port is right.
        var local = issuer.map(URI::create)
                .map(URI::getHost)
                .map("localhost"::equals)
                .orElse(true);
        var bases = Stream.concat(issuer.stream(), Stream.of(LOOPBACK).filter(_ -> local))
                .toList();
        keep(builder(DOCS)
                .clientName("Mutirão: documentação da API")
                .clientAuthenticationMethods(methods -> {
                    methods.clear();
                    methods.add(ClientAuthenticationMethod.NONE);
                })
                .authorizationGrantTypes(types -> {
                    types.clear();
                    types.add(AuthorizationGrantType.AUTHORIZATION_CODE);
                    types.add(AuthorizationGrantType.REFRESH_TOKEN);
                })
                .redirectUris(uris -> replace(uris, bases, BACK))
                .postLogoutRedirectUris(uris -> replace(uris, bases, List.of("/", "/docs")))
                .scopes(scopes -> {
                    scopes.clear();
                    scopes.add(OidcScopes.OPENID);
                })
                .clientSettings(ClientSettings.builder()
                        .requireProofKey(true)
                        .requireAuthorizationConsent(false)
                        .build())
                .build());
    }

    private static void replace(Set<String> uris, List<String> bases, List<String> paths) {
        uris.clear();
        bases.forEach(base -> paths.forEach(path -> uris.add(base + path)));
    }

    /// Sees to a client of the operator's.
    public void bootstrap(BootstrapClient wanted) {
        var known = Optional.ofNullable(clients.findByClientId(wanted.id())).map(RegisteredClient::getClientSecret);
        var secret = known.filter(hash -> passwords.matches(wanted.secret(), hash))
                .orElseGet(() -> requireNonNull(passwords.encode(wanted.secret())));
        var roles = wanted.roles().stream().map(Enum::name).sorted().collect(joining(","));
        keep(builder(wanted.id())
                .clientName(wanted.id())
                .clientSecret(secret)
                .clientAuthenticationMethods(methods -> {
                    methods.clear();
                    methods.add(ClientAuthenticationMethod.CLIENT_SECRET_BASIC);
                    methods.add(ClientAuthenticationMethod.CLIENT_SECRET_POST);
                })
                .authorizationGrantTypes(types -> {
                    types.clear();
                    types.add(AuthorizationGrantType.CLIENT_CREDENTIALS);
                })
                .clientSettings(ClientSettings.builder()
                        .setting(ROLES, roles)
                        .setting(ORGANIZATION, wanted.organization().toString())
                        .build())
                .build());
    }

    private RegisteredClient.Builder builder(String id) {
        var known = clients.findByClientId(id);
        var builder = known == null
                ? RegisteredClient.withId(UUID.randomUUID().toString())
                        .clientId(id)
                        .clientIdIssuedAt(clock.instant())
                : RegisteredClient.from(known);
        return builder.tokenSettings(TokenSettings.builder()
                .accessTokenTimeToLive(ACCESS)
                .refreshTokenTimeToLive(REFRESH)
                .reuseRefreshTokens(false)
                .build());
    }

    private void keep(RegisteredClient wanted) {
        var known = clients.findByClientId(wanted.getClientId());
        if (known == null || !wanted.equals(known)) {
            clients.save(wanted);
            log.info("Client {} is {}", wanted.getClientId(), known == null ? "made" : "changed, as the settings say");
        }
    }

    /// What a client is by itself, when it acts for no person that logged in.
    public static List<String> roles(RegisteredClient client) {
        return Optional.ofNullable(client.getClientSettings().<String>getSetting(ROLES)).stream()
                .flatMap(roles -> Arrays.stream(roles.split(",")))
                .collect(Collectors.toList());
    }

    /// For which organization a client acts by itself; empty for none.
    public static Optional<String> organization(RegisteredClient client) {
        return Optional.ofNullable(client.getClientSettings().getSetting(ORGANIZATION));
    }
}
