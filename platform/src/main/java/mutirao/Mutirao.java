package mutirao;

import java.util.Locale;
import mutirao.platform.side.Side;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.AutoConfigurationExcludeFilter;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.context.TypeExcludeFilter;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;
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
        return new SpringApplicationBuilder(Mutirao.class)
                .properties(Side.PROPERTY + "=" + side.name().toLowerCase(Locale.ROOT))
                .build();
    }
}
