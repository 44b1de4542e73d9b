package mutirao.platform.saga;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;

/// How stubbornly a stored command is sent.
///
/// @param attempts before it is parked, at least 1
/// @param pause    after the first failure; doubled after each further one
@ConfigurationProperties("mutirao.comandos")
record JobSettings(int attempts, Duration pause) {
    /// Whoever is away may be back any moment.
    private static final Duration LONGEST_WHILE_AWAY = Duration.ofSeconds(15);

    /// The pause after so many failures in a row, at least one.
    Duration pauseAfter(int failures) {
        return pause.multipliedBy(1L << Math.min(failures - 1, 30));
    }

    /// The same while what it takes to send a command is away.
    Duration pauseWhileAway(int failures) {
        var longer = pauseAfter(failures);
        return longer.compareTo(LONGEST_WHILE_AWAY) < 0 ? longer : LONGEST_WHILE_AWAY;
    }
}
