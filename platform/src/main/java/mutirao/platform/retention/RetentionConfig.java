package mutirao.platform.retention;

import com.github.kagkarlsson.scheduler.task.Task;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import com.github.kagkarlsson.scheduler.task.schedule.FixedDelay;
import java.time.Clock;
import java.util.List;
import mutirao.platform.side.OnSide;
import mutirao.platform.side.Side;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/// Where jobs run, one of all processes looks after it.
@Configuration(proxyBeanMethods = false)
@OnSide(Side.COMMAND)
class RetentionConfig {
    /// A hundred thousand rows of each kind an hour, a thousand at a time.
    private static final Retention.Bounds BOUNDS = new Retention.Bounds(1000, 100);

    @Bean
    Retention retention(List<Outdated> kinds, PlatformTransactionManager transactions, Clock clock) {
        return new Retention(kinds, new TransactionTemplate(transactions), clock, BOUNDS);
    }

    @Bean
    Task<Void> retentionTask(Retention retention, RetentionSettings settings) {
        return Tasks.recurring("limpeza", FixedDelay.of(settings.every())).execute((_, _) -> retention.run());
    }
}
