package mutirao.platform.log;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/// How a fault that is met again and again is told.
///
/// @param count how often its number is told while it lasts
/// @param quiet how long it must not have been met to be over; longer than anything pauses before it tries again
@ConfigurationProperties("mutirao.log")
record LogSettings(
        @DefaultValue("PT1M") Duration count,
        @DefaultValue("PT30S") Duration quiet) {}
