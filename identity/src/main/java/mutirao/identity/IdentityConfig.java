package mutirao.identity;

import java.time.Clock;
import mutirao.identity.account.Accounts;
import mutirao.identity.account.Passwords;
import mutirao.identity.account.PersonLogin;
import mutirao.identity.client.ClientTable;
import mutirao.identity.client.Clients;
import mutirao.identity.token.Authorizations;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.JdbcOperations;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.security.oauth2.server.authorization.JdbcOAuth2AuthorizationConsentService;
import org.springframework.security.oauth2.server.authorization.JdbcOAuth2AuthorizationService;
import org.springframework.security.oauth2.server.authorization.OAuth2AuthorizationConsentService;
import org.springframework.security.oauth2.server.authorization.client.RegisteredClientRepository;
import org.springframework.transaction.support.TransactionTemplate;

/// The authorization server's parts. Which request meets which of them says [ChainConfig].
@Configuration(proxyBeanMethods = false)
@ConditionalOnEmbeddedServer
class IdentityConfig {
    @Bean
    Passwords passwords() {
        return new Passwords();
    }

    @Bean
    Accounts accounts(JdbcClient db, PasswordEncoder passwords, Clock clock) {
        return new Accounts(db, passwords, clock);
    }

    /// A bean, so that Spring Boot makes no user of its own.
    @Bean
    PersonLogin personLogin(Accounts accounts, Clock clock) {
        return new PersonLogin(accounts, clock);
    }

    @Bean
    RegisteredClientRepository registeredClients(JdbcOperations jdbc) {
        return new ClientTable(jdbc);
    }

    @Bean
    Authorizations authorizations(
            JdbcOperations jdbc,
            RegisteredClientRepository clients,
            JdbcClient db,
            TransactionTemplate transaction,
            Clock clock) {
        return new Authorizations(new JdbcOAuth2AuthorizationService(jdbc, clients), db, transaction, clock);
    }

    @Bean
    OAuth2AuthorizationConsentService consents(JdbcOperations jdbc, RegisteredClientRepository clients) {
        return new JdbcOAuth2AuthorizationConsentService(jdbc, clients);
    }

    @Bean
    Clients clients(RegisteredClientRepository clients, PasswordEncoder passwords, Clock clock) {
        return new Clients(clients, passwords, clock);
    }
}
