package mutirao.platform.log;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.TreeMap;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;
import mutirao.platform.stream.Faults;
import org.slf4j.event.Level;

/// What goes wrong again and again, by its cause: told in one line when it begins, counted now and then, and told once
/// when it is over, whoever meets it. Thread-safe.
final class Troubles {
    /// More at once than this, and the oldest is forgotten.
    private static final int MOST = 100;

    private final LongSupplier nanos;
    private final LogSettings settings;
    private final Voice voice;
    private final SequencedMap<String, Trouble> open = new LinkedHashMap<>();

    /// @param nanos a clock that only goes forward, in nanoseconds
    /// @param voice says a line; called while nothing is locked
    Troubles(LongSupplier nanos, LogSettings settings, Voice voice) {
        this.nanos = nanos;
        this.settings = settings;
        this.voice = voice;
    }

    /// Says a line.
    @FunctionalInterface
    interface Voice {
        void say(Level level, String line);
    }

    private record Line(Level level, String text) {}

    /// One cause, from when it is met first until it has not been met for a while.
    private static final class Trouble {
        final long began;
        final Map<String, Integer> untold = new TreeMap<>();
        Level level;
        int times;
        long last;
        long told;

        Trouble(Level level, long now) {
            this.level = level;
            this.began = now;
            this.told = now;
        }
    }

    /// Somebody meets a fault. It is told again when it is taken for worse than before.
    ///
    /// @param who  briefly, since counts are told by it
    /// @param what they could not do
    void met(Level level, String who, String what, Throwable fault) {
        var cause = Cause.of(fault);
        var now = nanos.getAsLong();
        boolean first;
        synchronized (open) {
            var trouble = open.computeIfAbsent(cause.kind(), _ -> new Trouble(level, now));
            trouble.last = now;
            first = trouble.times++ == 0 || level.toInt() > trouble.level.toInt();
            if (first) {
                trouble.level = level;
            } else {
                trouble.untold.merge(who, 1, Integer::sum);
            }
            if (open.size() > MOST) {
                open.pollFirstEntry();
            }
        }
        if (first) {
            var trace = level == Level.ERROR && !Faults.transientFault(fault) ? cause.trace() : "";
            voice.say(level, who + ": " + what + ": " + cause.says() + trace);
        }
    }

    /// Says what is due: how often what still lasts was met, and what is over.
    void tell() {
        tell(settings.quiet());
    }

    /// Says all there is to say, before nobody can any more.
    void tellAll() {
        tell(Duration.ZERO);
    }

    private void tell(Duration quiet) {
        due(nanos.getAsLong(), quiet.toNanos()).forEach(line -> voice.say(line.level(), line.text()));
    }

    private List<Line> due(long now, long quiet) {
        var lines = new ArrayList<Line>();
        synchronized (open) {
            open.entrySet().removeIf(entry -> {
                var trouble = entry.getValue();
                var over = now - trouble.last >= quiet;
                if (over && trouble.times > 1) {
                    lines.add(new Line(
                            Level.INFO,
                            "%s: over, met %d times in %s, last %s ago"
                                    .formatted(
                                            entry.getKey(),
                                            trouble.times,
                                            seconds(trouble.last - trouble.began),
                                            seconds(now - trouble.last))));
                } else if (!trouble.untold.isEmpty()
                        && now - trouble.told >= settings.count().toNanos()) {
                    lines.add(new Line(trouble.level, again(entry.getKey(), trouble, now)));
                }
                return over;
            });
        }
        return lines;
    }

    private static String again(String kind, Trouble trouble, long now) {
        var line = "%s: again, in the last %s: %s"
                .formatted(
                        kind,
                        seconds(now - trouble.told),
                        trouble.untold.entrySet().stream()
                                .map(who -> who.getKey() + " " + who.getValue())
                                .collect(Collectors.joining(", ")));
        trouble.untold.clear();
        trouble.told = now;
        return line;
    }

    private static String seconds(long nanos) {
        return Duration.ofNanos(nanos).toSeconds() + " s";
    }
}
