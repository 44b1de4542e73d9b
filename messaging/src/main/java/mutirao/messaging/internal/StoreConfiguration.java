package mutirao.messaging.internal;

import java.util.List;
import javax.sql.DataSource;
import mutirao.messaging.ProcessedMessages;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.jdbc.init.DataSourceScriptDatabaseInitializer;
import org.springframework.boot.sql.init.DatabaseInitializationMode;
import org.springframework.boot.sql.init.DatabaseInitializationSettings;
import org.springframework.context.annotation.Bean;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;

/// Where handled messages and dead letters are noted: in the application's database if it has one, else in memory.
/// Not a `@Configuration`, so that an application that scans this package does not find it before the
/// auto-configuration does; nested classes are then imported by name, the one that knows better first.
class StoreConfiguration {
    @ConditionalOnClass({JdbcClient.class, DataSourceScriptDatabaseInitializer.class})
    @ConditionalOnBean({DataSource.class, PlatformTransactionManager.class})
    static class InDatabase {
        @Bean
        @ConditionalOnMissingBean
        ProcessedMessages processedMessages(DataSource database, PlatformTransactionManager transactions) {
            return new JdbcProcessed(JdbcClient.create(database), transactions);
        }

        @Bean
        LetterStore letterStore(DataSource database, Codec codec) {
            return new JdbcLetters(JdbcClient.create(database), codec.json());
        }

        @Bean
        @ConditionalOnProperty(
                name = "mutirao.messaging.processed.initialize-schema",
                havingValue = "true",
                matchIfMissing = true)
        DataSourceScriptDatabaseInitializer messagingSchema(DataSource database) {
            var settings = new DatabaseInitializationSettings();
            settings.setSchemaLocations(List.of("classpath:mutirao-messaging-schema.sql"));
            settings.setMode(DatabaseInitializationMode.ALWAYS);
            return new DataSourceScriptDatabaseInitializer(database, settings);
        }
    }

    @Bean
    @ConditionalOnMissingBean
    ProcessedMessages processedInMemory() {
        return new MemoryProcessed();
    }

    @Bean
    @ConditionalOnMissingBean
    LetterStore lettersInMemory() {
        return new MemoryLetters();
    }
}
