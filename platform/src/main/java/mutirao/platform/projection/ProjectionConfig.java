package mutirao.platform.projection;

import java.time.Clock;
import java.util.List;
import javax.sql.DataSource;
import mutirao.platform.eventstore.EventLog;
import mutirao.platform.side.OnSide;
import mutirao.platform.side.Side;
import mutirao.platform.stream.DeadLetters;
import mutirao.platform.stream.Followers;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.transaction.PlatformTransactionManager;

/// The projections of the query side.
@Configuration(proxyBeanMethods = false)
@OnSide(Side.QUERY)
class ProjectionConfig {
    @Bean
    Projections projections(
            List<ReadModel<?>> models,
            ObjectProvider<Followers> followers,
            EventLog log,
            DeadLetters letters,
            DataSource pool,
            PlatformTransactionManager transactions,
            Clock clock) {
        return new Projections(models, followers, log, letters, pool, transactions, clock);
    }
}
