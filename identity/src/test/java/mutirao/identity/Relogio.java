package mutirao.identity;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.concurrent.atomic.AtomicReference;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Primary;

/// The time, and however much later a test says it is.
public final class Relogio extends Clock {
    private final Clock base;
    private final AtomicReference<Duration> later = new AtomicReference<>(Duration.ZERO);

    private Relogio(Clock base) {
        this.base = base;
    }

    /// One that goes on by itself too, as those do that a whole program needs.
    public Relogio() {
        this(Clock.systemUTC());
    }

    /// One that stands still unless it is put forward: for what must be exact however slow the machine is.
    public static Relogio parado() {
        return new Relogio(Clock.fixed(Instant.now(), ZoneOffset.UTC));
    }

    /// Not annotated: programs that tests start must not find it.
    static class Config {
        @Bean
        @Primary
        Relogio relogio() {
            return new Relogio();
        }
    }

    public void adianta(Duration by) {
        later.updateAndGet(by::plus);
    }

    @Override
    public Instant instant() {
        return base.instant().plus(later.get());
    }

    @Override
    public ZoneId getZone() {
        return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
        return this;
    }
}
