package mutirao.platform.secret;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;

/// The secrets of this installation.
@Configuration(proxyBeanMethods = false)
class SecretConfig {
    @Bean
    ServerSecret confirmationSecret(JdbcClient db) {
        return new ServerSecret(db, "confirmation-code");
    }
}
