package mutirao.platform.database;

import com.zaxxer.hikari.HikariDataSource;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/// Puts the watch around the pool that Spring Boot makes.
@Configuration(proxyBeanMethods = false)
class DatabaseConfig {
    @Bean
    static BeanPostProcessor watchedPool() {
        return new BeanPostProcessor() {
            @Override
            public Object postProcessAfterInitialization(Object bean, String name) {
                return bean instanceof HikariDataSource pool ? new WatchedPool(pool) : bean;
            }
        };
    }

    @Bean
    Pulse databasePulse(DataSource pool) throws SQLException {
        return new Pulse(pool.unwrap(WatchedPool.class), pool.unwrap(HikariDataSource.class));
    }
}
