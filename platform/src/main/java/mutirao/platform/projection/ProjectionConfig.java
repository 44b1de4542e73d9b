package mutirao.platform.projection;

import java.time.Clock;
import java.util.List;
import javax.sql.DataSource;
import mutirao.platform.eventstore.EventLog;
import mutirao.platform.rest.Traffic;
import mutirao.platform.side.OnSide;
import mutirao.platform.side.Side;
import mutirao.platform.stream.DeadLetters;
import mutirao.platform.stream.Followers;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/// The projections of the query side.
@Configuration(proxyBeanMethods = false)
@OnSide(Side.QUERY)
class ProjectionConfig {
    /// What a row may take of the heap while it is folded, in bytes: a generous guess.
    private static final int ROW = 4_096;

    @Bean
    Serving serving(JdbcClient db, PlatformTransactionManager transactions, List<ReadModel<?>> models) {
        new TableMaker(db, new TransactionTemplate(transactions))
                .make(models.stream().map(ReadModel::table).toList());
        return new Serving(db, models);
    }

    @Bean
    Projections projections(
            List<ReadModel<?>> models,
            ObjectProvider<Followers> followers,
            EventLog log,
            DeadLetters letters,
            DataSource pool,
            Serving serving,
            Clock clock,
            Traffic traffic,
            @Value("${mutirao.projecao.linhas:0}") int rowsInMemory) {
        var most = rowsInMemory > 0 ? rowsInMemory : Runtime.getRuntime().maxMemory() / 2 / ROW;
        return new Projections(models, followers, log, letters, pool, serving, clock, traffic, (int)
                Math.min(Integer.MAX_VALUE, most));
    }
}
