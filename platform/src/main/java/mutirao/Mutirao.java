package mutirao;

import java.util.Locale;
import mutirao.platform.side.Side;
import mutirao.platform.start.StartFailure;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.AutoConfigurationExcludeFilter;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.context.TypeExcludeFilter;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.ComponentScan;
import org.springframework.context.annotation.ComponentScan.Filter;
import org.springframework.context.annotation.FilterType;

/// The application: whatever of Mutirão is on the class path. Each runnable module has a `main` that starts it as its
/// [Side].
@SpringBootConfiguration
@EnableAutoConfiguration
@ComponentScan(
        excludeFilters = {
            @Filter(
                    type = FilterType.CUSTOM,
                    classes = {TypeExcludeFilter.class, AutoConfigurationExcludeFilter.class}),
            @Filter(type = FilterType.REGEX, pattern = "mutirao\\.messaging\\..*") // a library, which configures itself
        })
@ConfigurationPropertiesScan
public class Mutirao {
    /// The application as a side, ready to run.
    public static SpringApplication as(Side side) {
        var application = new SpringApplicationBuilder(Mutirao.class)
                .properties(Side.PROPERTY + "=" + side.name().toLowerCase(Locale.ROOT))
                .build();
        if (side != Side.BOTH) {
            application.addInitializers(Mutirao::requireDatabase);
        }
        return application;
    }

    /// One side alone brings no PostgreSQL: the two have to share one.
    private static void requireDatabase(ConfigurableApplicationContext context) {
        if (context.getEnvironment().getProperty("spring.datasource.url", "").isBlank()) {
            throw new StartFailure(
                    "No PostgreSQL is named.",
                    "`export SPRING_DATASOURCE_URL=jdbc:postgresql://host:5432/mutirao SPRING_DATASOURCE_USERNAME=…"
                            + " SPRING_DATASOURCE_PASSWORD=…`, the same for both sides. Standalone brings one.");
        }
    }
}
