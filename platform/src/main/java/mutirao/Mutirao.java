package mutirao;

import java.util.Locale;
import mutirao.platform.side.Side;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;

/// The application: whatever of Mutirão is on the class path. Each runnable module has a `main` that starts it as its
/// [Side].
@SpringBootApplication
@ConfigurationPropertiesScan
public class Mutirao {
    /// The application as a side, ready to run.
    public static SpringApplication as(Side side) {
        return new SpringApplicationBuilder(Mutirao.class)
                .properties(Side.PROPERTY + "=" + side.name().toLowerCase(Locale.ROOT))
                .build();
    }
}
