package mutirao.platform.stream;

import java.util.List;
import mutirao.platform.eventstore.EventLog;
import mutirao.platform.eventstore.Tail;
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

    @Bean
    Followers followers(
            List<Subscribers> kinds,
            EventLog log,
            Tail tail,
            DeadLetters letters,
            JdbcClient db,
            PlatformTransactionManager transactions) {
        var all = kinds.stream().flatMap(kind -> kind.subscribers().stream()).toList();
        return new Followers(all, log, tail, letters, db, transactions);
    }
}
