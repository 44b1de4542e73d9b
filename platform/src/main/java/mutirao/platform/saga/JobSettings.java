package mutirao.platform.saga;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;

/// How stubbornly a stored command is sent.
///
/// @param attempts before it is parked, at least 1
/// @param pause    after the first failure; doubled after each further one
@ConfigurationProperties("mutirao.comandos")
record JobSettings(int attempts, Duration pause) {
    /// The pause after so many failures in a row, at least one.
    Duration pauseAfter(int failures) {
        return pause.multipliedBy(1L << Math.min(failures - 1, 30));
    }
}
