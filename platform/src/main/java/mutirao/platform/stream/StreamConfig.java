package mutirao.platform.stream;

import java.util.List;
import mutirao.platform.eventstore.EventLog;
import mutirao.platform.eventstore.Tail;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;

/// The followers of this process.
@Configuration(proxyBeanMethods = false)
class StreamConfig {
    @Bean
    DeadLetters deadLetters(JdbcClient db) {
        return new DeadLetters(db);
    }

    /// They have a quarter of the connections.
    @Bean
    Followers followers(
            List<Subscribers> kinds,
            EventLog log,
            Tail tail,
            DeadLetters letters,
            JdbcClient db,
            PlatformTransactionManager transactions,
            @Value("${spring.datasource.hikari.maximum-pool-size}") int connections) {
        var all = kinds.stream().flatMap(kind -> kind.subscribers().stream()).toList();
        return new Followers(all, log, tail, letters, db, transactions, Math.max(1, connections / 4));
    }
}
