package mutirao.standalone;

import mutirao.platform.start.DataDirectory;
import org.springframework.boot.jdbc.autoconfigure.JdbcConnectionDetails;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Condition;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;
import org.springframework.core.type.AnnotatedTypeMetadata;

/// Gives Spring Boot's data source the embedded database, unless another is configured. The pool depends on it, so the
/// database starts first and stops last.
@Configuration(proxyBeanMethods = false)
@Conditional(EmbeddedDatabaseConfig.NoOtherConfigured.class)
class EmbeddedDatabaseConfig {
    @Bean(destroyMethod = "close")
    EmbeddedDatabase embeddedDatabase(Environment environment) {
        return EmbeddedDatabase.start(DataDirectory.of(environment));
    }

    @Bean
    JdbcConnectionDetails jdbcConnectionDetails(EmbeddedDatabase database) {
        return new JdbcConnectionDetails() {
            @Override
            public String getUsername() {
                return database.user();
            }

            @Override
            public String getPassword() {
                return database.password();
            }

            @Override
            public String getJdbcUrl() {
                return database.url();
            }
        };
    }

    /// An empty value counts as none, since an environment variable is easily left empty.
    static final class NoOtherConfigured implements Condition {
        @Override
        public boolean matches(ConditionContext context, AnnotatedTypeMetadata metadata) {
            return context.getEnvironment()
                    .getProperty("spring.datasource.url", "")
                    .isBlank();
        }
    }
}
