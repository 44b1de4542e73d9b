package mutirao.platform.test;

import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.MapPropertySource;

/// Gives a Spring test context a database of its own.
public final class FreshDatabase implements ApplicationContextInitializer<ConfigurableApplicationContext> {
    @Override
    public void initialize(ConfigurableApplicationContext context) {
        context.getEnvironment()
                .getPropertySources()
                .addFirst(new MapPropertySource(
                        "fresh-database",
                        java.util.Map.of(
                                "spring.datasource.url", TestDatabase.fresh(),
                                "spring.datasource.username", "postgres",
                                "spring.datasource.password", "")));
    }
}
