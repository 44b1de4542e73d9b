package mutirao.platform.limit;

import io.github.bucket4j.TimeMeter;
import jakarta.servlet.Filter;
import java.util.UUID;
import mutirao.platform.rest.Problems;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;

/// The limits around every request: one before it is known who asks, one after.
@Configuration(proxyBeanMethods = false)
class LimitConfig {
    /// Before Spring Security's filter, which has -100.
    private static final int BEFORE_SECURITY = -110;
    /// After Spring Security's and whatever binds the actor, before the body of a command is read.
    private static final int AFTER_SECURITY = Ordered.LOWEST_PRECEDENCE - 10;

    private static final TimeMeter CLOCK = TimeMeter.SYSTEM_NANOTIME;

    @Bean
    FilterRegistrationBean<FailureFilter> failureFilter(LimitSettings settings, Problems problems) {
        var failures = new Buckets<Address>(settings.falhas().rate(), CLOCK);
        var strangers = new Buckets<Address>(settings.estranhos().rate(), CLOCK);
        return registered(new FailureFilter(failures, strangers, new TooMany(problems)), BEFORE_SECURITY);
    }

    @Bean
    FilterRegistrationBean<CallFilter> callFilter(LimitSettings settings, Problems problems) {
        var people = new Buckets<UUID>(settings.pessoa().rate(), CLOCK);
        var readers = new Buckets<Address>(settings.publico().rate(), CLOCK);
        return registered(new CallFilter(people, readers, new TooMany(problems)), AFTER_SECURITY);
    }

    private static <F extends Filter> FilterRegistrationBean<F> registered(F filter, int order) {
        var registration = new FilterRegistrationBean<>(filter);
        registration.setOrder(order);
        return registration;
    }
}
