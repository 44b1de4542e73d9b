package mutirao.platform.limit;

import io.github.bucket4j.TimeMeter;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

/// A clock that the test puts forward.
final class Relogio implements TimeMeter {
    private final AtomicLong nanos = new AtomicLong(1);

    void passa(Duration time) {
        nanos.addAndGet(time.toNanos());
    }

    @Override
    public long currentTimeNanos() {
        return nanos.get();
    }

    @Override
    public boolean isWallClockBased() {
        return false;
    }
}
