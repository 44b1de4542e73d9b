package mutirao.identity;

import static org.springframework.security.config.Customizer.withDefaults;

import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.proc.SecurityContext;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Clock;
import java.util.function.Supplier;
import mutirao.identity.key.PublishedKeys;
import mutirao.identity.resource.ActorFilter;
import mutirao.identity.resource.CountedTokens;
import mutirao.identity.resource.HeaderToken;
import mutirao.identity.resource.HeaderValues;
import mutirao.identity.resource.Tokens;
import mutirao.platform.identity.Role;
import mutirao.platform.rest.Problems;
import mutirao.platform.side.Side;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.core.env.Environment;
import org.springframework.http.HttpStatus;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.annotation.EnableScheduling;
import org.springframework.security.authentication.AuthenticationManager;
import org.springframework.security.authentication.ProviderNotFoundException;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.server.resource.web.BearerTokenAuthenticationEntryPoint;
import org.springframework.security.web.AuthenticationEntryPoint;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.access.intercept.AuthorizationFilter;
import org.springframework.security.web.firewall.HttpFirewall;
import org.springframework.security.web.firewall.RequestRejectedHandler;
import org.springframework.security.web.firewall.StrictHttpFirewall;

/// Everything but the authorization server's own addresses: nothing is answered to whoever does not bring a token that
/// counts, but for health, documentation and what is public. What a role may do says
/// [mutirao.platform.identity.OpenTo].
@Configuration(proxyBeanMethods = false)
@ConditionalOnWebApplication
@EnableConfigurationProperties(IdentitySettings.class)
@EnableScheduling
class ApiConfig {
    private static final String[] OPEN = {
        "/",
        "/error",
        "/docs",
        "/docs/**",
        "/swagger-ui/**",
        "/v3/api-docs",
        "/v3/api-docs/**",
        "/v3/api-docs.yaml",
        "/asyncapi",
        "/asyncapi/**",
        "/actuator/health",
        "/actuator/health/**",
        "/api/publico/**"
    };

    /// Where the metadata of the API as a protected resource is (RFC 9728).
    private static final String PROTECTED = "/.well-known/oauth-protected-resource";

    /// Tokens of this program's own server, or of the one that it is told of.
    @Bean
    JwtDecoder apiTokens(
            IdentitySettings settings,
            Environment environment,
            ObjectProvider<JWKSource<SecurityContext>> keys,
            JdbcClient db,
            Clock clock) {
        var issuer = settings.knownIssuer(environment);
        return settings.server() == IdentitySettings.Server.EMBEDDED
                ? Tokens.embedded(keys.getObject(), issuer, settings.audience(), db, clock)
                : Tokens.of(issuer.orElseThrow(), settings.audience(), clock);
    }

    /// A query side checks tokens and makes none.
    @Bean
    @ConditionalOnProperty(name = Side.PROPERTY, havingValue = "query")
    PublishedKeys keysOfTheCommandSide(JdbcClient db, Clock clock) {
        return new PublishedKeys(db, clock);
    }

    @Bean
    @Order(Ordered.LOWEST_PRECEDENCE)
    SecurityFilterChain everythingElse(
            HttpSecurity http,
            JwtDecoder apiTokens,
            IdentitySettings settings,
            Environment environment,
            Clock clock,
            Problems problems) {
        var unknown = refusing(problems, () -> settings.address(environment) + PROTECTED);
        var tokens = new CountedTokens(apiTokens, settings.reading(), clock);
        return http.authorizeHttpRequests(requests -> requests.requestMatchers(OPEN)
                        .permitAll()
                        .requestMatchers("/actuator/**")
                        .hasRole(Role.OPERADOR.name())
                        .anyRequest()
                        .authenticated())
                .oauth2ResourceServer(resource -> resource.authenticationEntryPoint(unknown)
                        .protectedResourceMetadata(metadata -> metadata.protectedResourceMetadataCustomizer(
                                document -> document.resource(settings.address(environment))
                                        .tlsClientCertificateBoundAccessTokens(false)))
                        .authenticationConverter(new HeaderToken())
                        .jwt(jwt -> jwt.authenticationManager(tokens)))
                .exceptionHandling(exceptions -> exceptions
                        .authenticationEntryPoint(unknown)
                        .accessDeniedHandler((request, response, _) ->
                                problems.write(request, response, HttpStatus.FORBIDDEN, "FORBIDDEN")))
                .addFilterAfter(new ActorFilter(), AuthorizationFilter.class)
                .sessionManagement(session -> session.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
                .cors(withDefaults())
                .csrf(AbstractHttpConfigurer::disable) // no cookie means anything here
                .requestCache(AbstractHttpConfigurer::disable)
                .logout(AbstractHttpConfigurer::disable)
                .build();
    }

    /// Spring's answer has the header that says why; the body is ours.
    private static AuthenticationEntryPoint refusing(Problems problems, Supplier<String> metadata) {
        var bearer = new BearerTokenAuthenticationEntryPoint();
        bearer.setResourceMetadataParameterResolver(_ -> metadata.get());
        return new AuthenticationEntryPoint() {
            @Override
            public void commence(
                    HttpServletRequest request, HttpServletResponse response, AuthenticationException refused)
                    throws IOException {
                bearer.commence(request, response, refused);
                problems.write(request, response, HttpStatus.valueOf(response.getStatus()), "UNAUTHORIZED");
            }
        };
    }

    /// Addresses that Spring Security does not pass on, because they mean one thing here and another there.
    @Bean
    RequestRejectedHandler strangeAddresses(Problems problems) {
        return (request, response, _) -> problems.write(request, response, HttpStatus.BAD_REQUEST, "BAD_REQUEST");
    }

    /// What is refused is Spring Security's own choice, what it costs is not.
    @Bean
    HttpFirewall firewall() {
        var firewall = new StrictHttpFirewall();
        firewall.setAllowedHeaderValues(HeaderValues::allowed);
        return firewall;
    }

    /// Without one of ours, Spring Boot makes a user and logs the password.
    @Bean
    @ConditionalOnProperty(name = IdentitySettings.SERVER, havingValue = "none")
    AuthenticationManager nobodyLogsIn() {
        return authentication -> {
            throw new ProviderNotFoundException("nobody logs in here");
        };
    }
}
