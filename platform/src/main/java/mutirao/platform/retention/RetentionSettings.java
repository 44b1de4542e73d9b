package mutirao.platform.retention;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/// How long what is needed for a while only is kept.
///
/// @param every    how often it is looked for
/// @param answers  of idempotency keys: a repeat after that is decided anew
/// @param sagas    that have ended, from their last event on
/// @param messages that were handled, by their ids: one that a broker delivers again after that is handled again
@ConfigurationProperties("mutirao.retention")
public record RetentionSettings(
        @DefaultValue("PT1H") Duration every,
        @DefaultValue("P90D") Duration answers,
        @DefaultValue("P90D") Duration sagas,
        @DefaultValue("P90D") Duration messages) {
    /// @throws IllegalArgumentException when one is not longer than nothing
    public RetentionSettings {
        for (var time : new Duration[] {every, answers, sagas, messages}) {
            if (!time.isPositive()) {
                throw new IllegalArgumentException("mutirao.retention: " + time + " is not longer than nothing");
            }
        }
    }
}
