package mutirao.identity;

import static org.springframework.security.web.servlet.util.matcher.PathPatternRequestMatcher.pathPattern;

import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.proc.SecurityContext;
import io.swagger.v3.oas.models.security.OAuthFlow;
import io.swagger.v3.oas.models.security.OAuthFlows;
import io.swagger.v3.oas.models.security.Scopes;
import io.swagger.v3.oas.models.security.SecurityRequirement;
import io.swagger.v3.oas.models.security.SecurityScheme;
import jakarta.servlet.http.HttpServletRequest;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import mutirao.identity.account.Accounts;
import mutirao.identity.account.LoginPage;
import mutirao.identity.account.StaleLogin;
import mutirao.identity.account.WayBack;
import mutirao.identity.client.NoSuchClient;
import mutirao.identity.client.WrongVerifier;
import mutirao.identity.page.Page;
import mutirao.identity.token.Authorizations;
import mutirao.identity.token.PublicRefresh;
import org.springdoc.core.customizers.OpenApiCustomizer;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configuration.OAuth2AuthorizationServerConfiguration;
import org.springframework.security.config.annotation.web.configurers.oauth2.server.authorization.OAuth2AuthorizationServerConfigurer;
import org.springframework.security.core.session.SessionRegistry;
import org.springframework.security.core.session.SessionRegistryImpl;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.security.oauth2.core.oidc.OidcScopes;
import org.springframework.security.oauth2.server.authorization.client.RegisteredClientRepository;
import org.springframework.security.oauth2.server.authorization.oidc.web.authentication.OidcLogoutAuthenticationSuccessHandler;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.access.intercept.AuthorizationFilter;
import org.springframework.security.web.authentication.AuthenticationFailureHandler;
import org.springframework.security.web.authentication.AuthenticationSuccessHandler;
import org.springframework.security.web.authentication.HttpStatusEntryPoint;
import org.springframework.security.web.authentication.LoginUrlAuthenticationEntryPoint;
import org.springframework.security.web.authentication.SimpleUrlAuthenticationFailureHandler;
import org.springframework.security.web.context.SecurityContextHolderFilter;
import org.springframework.security.web.header.writers.ReferrerPolicyHeaderWriter.ReferrerPolicy;
import org.springframework.security.web.session.HttpSessionEventPublisher;

/// The authorization server's addresses: the protocol's, and the login page. All others are [ApiConfig]'s.
@Configuration(proxyBeanMethods = false)
@ConditionalOnWebApplication
@ConditionalOnEmbeddedServer
class ChainConfig {
    /// What the metadata would promise and the tokens do not keep: they are bound to no key of the client's.
    private static final List<String> NOT_DONE =
            List.of("dpop_signing_alg_values_supported", "tls_client_certificate_bound_access_tokens");

    @Bean
    @Order(1)
    SecurityFilterChain protocol(
            HttpSecurity http,
            RegisteredClientRepository clients,
            Authorizations authorizations,
            Accounts accounts,
            PasswordEncoder passwords,
            JWKSource<SecurityContext> keys) {
        return http.oauth2AuthorizationServer(server -> {
                    http.securityMatcher(server.getEndpointsMatcher());
                    server.clientAuthentication(
                            client -> client.authenticationProvider(new NoSuchClient(clients, passwords))
                                    .authenticationProvider(new WrongVerifier(authorizations)));
                    endpoints(server, new PublicRefresh(clients), authorizations);
                })
                .authorizeHttpRequests(requests -> requests.anyRequest().authenticated())
                // A decoder for this chain alone: which tokens the API takes is decided elsewhere.
                .oauth2ResourceServer(resource ->
                        resource.jwt(jwt -> jwt.decoder(OAuth2AuthorizationServerConfiguration.jwtDecoder(keys))))
                .addFilterAfter(new StaleLogin(accounts), SecurityContextHolderFilter.class)
                .requestCache(cache -> cache.requestCache(new WayBack()))
                .exceptionHandling(exceptions -> exceptions
                        .defaultAuthenticationEntryPointFor(
                                new LoginUrlAuthenticationEntryPoint(LoginPage.PATH), pathPattern(WayBack.AUTHORIZE))
                        .defaultAuthenticationEntryPointFor(
                                new HttpStatusEntryPoint(HttpStatus.UNAUTHORIZED),
                                pathPattern(HttpMethod.POST, "/oauth2/**")))
                .build();
    }

    private static void endpoints(
            OAuth2AuthorizationServerConfigurer server, PublicRefresh refresh, Authorizations authorizations) {
        server.clientAuthentication(
                        client -> client.authenticationConverter(refresh).authenticationProvider(refresh))
                .authorizationServerMetadataEndpoint(metadata -> metadata.authorizationServerMetadataCustomizer(
                        document -> document.claims(ChainConfig::withoutWhatIsNotDone)))
                .oidc(oidc -> oidc.providerConfigurationEndpoint(metadata -> metadata.providerConfigurationCustomizer(
                                document -> document.claims(ChainConfig::withoutWhatIsNotDone)))
                        .logoutEndpoint(logout -> logout.logoutResponseHandler(ending(authorizations))));
    }

    private static void withoutWhatIsNotDone(Map<String, Object> claims) {
        claims.keySet().removeAll(NOT_DONE);
    }

    /// A logout ends the session here, and the refresh token with it.
    private static AuthenticationSuccessHandler ending(Authorizations authorizations) {
        var session = new OidcLogoutAuthenticationSuccessHandler();
        return (request, response, authentication) -> {
            authorizations.end(hint(request));
            session.onAuthenticationSuccess(request, response, authentication);
        };
    }

    private static String hint(HttpServletRequest request) {
        return String.valueOf(request.getParameter("id_token_hint"));
    }

    @Bean
    @Order(2)
    SecurityFilterChain loginPage(HttpSecurity http) {
        return http.securityMatcher(LoginPage.PATH)
                .authorizeHttpRequests(requests -> requests.anyRequest().permitAll())
                .formLogin(form -> form.loginPage(LoginPage.PATH)
                        .failureHandler(again())
                        .usernameParameter(LoginPage.LOGIN)
                        .passwordParameter(LoginPage.PASSWORD))
                .requestCache(cache -> cache.requestCache(new WayBack()))
                .csrf(csrf -> csrf.csrfTokenRepository(Page.secrets()))
                .headers(headers -> headers.contentSecurityPolicy(policy -> policy.policyDirectives(Page.POLICY))
                        .referrerPolicy(referrer -> referrer.policy(ReferrerPolicy.SAME_ORIGIN)))
                .addFilterBefore(new LoginPage(), AuthorizationFilter.class)
                .build();
    }

    /// Without a session, which would remember the failure.
    private static AuthenticationFailureHandler again() {
        var handler = new SimpleUrlAuthenticationFailureHandler(LoginPage.FAILED);
        handler.setAllowSessionCreation(false);
        return handler;
    }

    /// People log in from the Swagger UI itself: it offers that first.
    @Bean
    OpenApiCustomizer login() {
        return api -> {
            var flow = new OAuthFlow()
                    .authorizationUrl("/oauth2/authorize")
                    .tokenUrl("/oauth2/token")
                    .scopes(new Scopes().addString(OidcScopes.OPENID, "quem entrou"));
            var scheme = new SecurityScheme()
                    .type(SecurityScheme.Type.OAUTH2)
                    .description("Abre a página de entrada em outra janela. `client_secret` fica vazio.")
                    .flows(new OAuthFlows().authorizationCode(flow));
            var schemes = new LinkedHashMap<>(Map.of("login", scheme));
            schemes.putAll(api.getComponents().getSecuritySchemes());
            api.getComponents().setSecuritySchemes(schemes);
            api.getSecurity().addFirst(new SecurityRequirement().addList("login", OidcScopes.OPENID));
        };
    }

    /// Which sessions there are, so that a logout can be held against the one it is for.
    @Bean
    SessionRegistry sessions() {
        return new SessionRegistryImpl();
    }

    @Bean
    HttpSessionEventPublisher endedSessions() {
        return new HttpSessionEventPublisher();
    }
}
