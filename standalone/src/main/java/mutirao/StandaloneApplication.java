package mutirao;

import java.util.Map;
import mutirao.demo.Demonstration;
import mutirao.platform.side.Side;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.MapPropertySource;

/// Both sides in one process, with a database of its own unless `spring.datasource.url` names another.
public final class StandaloneApplication {
    private StandaloneApplication() {}

    /// Runs until it is told to stop.
    public static void main(String[] args) {
        var application = Mutirao.as(Side.BOTH);
        application.addInitializers(StandaloneApplication::withDemonstration);
        application.run(args);
    }

    /// Unless told otherwise, and never uninvited in somebody's own database: what is recorded stays recorded.
    private static void withDemonstration(ConfigurableApplicationContext context) {
        var environment = context.getEnvironment();
        if (environment.getProperty("spring.datasource.url", "").isBlank()) {
            environment
                    .getPropertySources()
                    .addLast(new MapPropertySource("demonstration", Map.of(Demonstration.PROPERTY, true)));
        }
    }
}
