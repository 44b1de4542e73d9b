package mutirao.identity;

import com.nimbusds.jose.jwk.JWKSet;
import java.time.Clock;
import mutirao.identity.account.Accounts;
import mutirao.identity.client.BootstrapClient;
import mutirao.identity.client.Clients;
import mutirao.identity.key.Seal;
import mutirao.identity.key.SigningKeys;
import mutirao.identity.token.RefreshTokens;
import mutirao.identity.token.TokenClaims;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.security.oauth2.core.OAuth2Token;
import org.springframework.security.oauth2.jwt.NimbusJwtEncoder;
import org.springframework.security.oauth2.server.authorization.settings.AuthorizationServerSettings;
import org.springframework.security.oauth2.server.authorization.token.DelegatingOAuth2TokenGenerator;
import org.springframework.security.oauth2.server.authorization.token.JwtGenerator;
import org.springframework.security.oauth2.server.authorization.token.OAuth2TokenGenerator;
import org.springframework.transaction.support.TransactionTemplate;

/// What makes and tells tokens, and whom they can be for from the first start on. A process without web makes none, and
/// needs no key.
@Configuration(proxyBeanMethods = false)
@ConditionalOnEmbeddedServer
@ConditionalOnWebApplication
class IssuerConfig {
    @Bean
    SigningKeys signingKeys(
            JdbcClient db,
            TransactionTemplate transaction,
            Environment environment,
            Clock clock,
            IdentitySettings settings) {
        return new SigningKeys(db, transaction, Seal.of(environment), clock, settings.keyRotation());
    }

    @Bean
    OAuth2TokenGenerator<OAuth2Token> tokenGenerator(SigningKeys keys, Accounts accounts, Clock clock) {
        var encoder = new NimbusJwtEncoder((selector, _) -> selector.select(new JWKSet(keys.current())));
        var generator = new JwtGenerator(encoder);
        generator.setJwtCustomizer(new TokenClaims(accounts));
        return new DelegatingOAuth2TokenGenerator(generator, new RefreshTokens(clock));
    }

    @Bean
    AuthorizationServerSettings authorizationServerSettings(IdentitySettings settings, Environment environment) {
        var builder = AuthorizationServerSettings.builder();
        // Else each request's own address is the issuer.
        settings.knownIssuer(environment).ifPresent(builder::issuer);
        return builder.build();
    }

    @Bean
    FirstStart firstStart(
            JdbcClient db,
            TransactionTemplate transaction,
            Accounts accounts,
            Clients clients,
            SigningKeys keys,
            IdentitySettings settings,
            Environment environment) {
        var wanted = new FirstStart.Wanted(
                environment.getProperty("mutirao.admin-password", ""),
                BootstrapClient.parse(environment.getProperty("mutirao.bootstrap-client", "")),
                settings.knownIssuer(environment));
        return new FirstStart(db, transaction, accounts, clients, keys, wanted);
    }
}
