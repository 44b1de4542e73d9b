package mutirao.standalone;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.context.annotation.Conditional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/// Frees the jobs that a killed Mutirão was working on, before the scheduler starts. Elsewhere they wait until enough
/// heartbeats are missing; nobody else uses this database.
@Component
@Conditional(EmbeddedDatabaseConfig.NoOtherConfigured.class)
class AbandonedJobs implements SmartInitializingSingleton {
    private static final Logger log = LoggerFactory.getLogger(AbandonedJobs.class);

    private final JdbcClient db;

    AbandonedJobs(JdbcClient db) {
        this.db = db;
    }

    @Override
    public void afterSingletonsInstantiated() {
        var freed = db.sql("""
                        update scheduled_tasks
                        set picked = false, picked_by = null, last_heartbeat = null, version = version + 1 where picked
                        """).update();
        if (freed > 0) {
            log.info("{} jobs had been begun before, and are begun again", freed);
        }
    }
}
