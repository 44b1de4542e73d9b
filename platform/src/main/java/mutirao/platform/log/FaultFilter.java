package mutirao.platform.log;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.turbo.TurboFilter;
import ch.qos.logback.core.spi.FilterReply;
import org.jspecify.annotations.Nullable;
import org.slf4j.Marker;
import org.slf4j.helpers.MessageFormatter;

/// Takes every line that comes with an exception, whoever logs it, and leaves it to the [Troubles]: messages of
/// exceptions hold places, names and ids, and what fails is tried again many times a second. At level `debug` of this
/// package lines pass as they are.
final class FaultFilter extends TurboFilter {
    private static final String OURS = "mutirao.";

    private final Troubles troubles;
    private final org.slf4j.Logger own;

    FaultFilter(Troubles troubles, org.slf4j.Logger own) {
        this.troubles = troubles;
        this.own = own;
    }

    @Override
    public FilterReply decide(
            @Nullable Marker marker,
            Logger logger,
            Level level,
            @Nullable String format,
            Object @Nullable [] arguments,
            @Nullable Throwable thrown) {
        if (!level.isGreaterOrEqual(Level.INFO) || !level.isGreaterOrEqual(logger.getEffectiveLevel())) {
            return FilterReply.NEUTRAL;
        }
        var fault = thrown == null ? last(arguments) : thrown;
        if (format == null || fault == null || own.isDebugEnabled()) {
            return FilterReply.NEUTRAL;
        }
        var name = logger.getName();
        var ours = name.startsWith(OURS);
        troubles.met(
                org.slf4j.event.Level.valueOf(level.toString()),
                name.substring(name.lastIndexOf('.') + 1),
                ours ? MessageFormatter.arrayFormat(format, arguments).getMessage() : fixed(format),
                fault);
        return FilterReply.DENY;
    }

    private static @Nullable Throwable last(Object @Nullable [] arguments) {
        return arguments != null && arguments.length > 0 && arguments[arguments.length - 1] instanceof Throwable fault
                ? fault
                : null;
    }

    /// What another's line says of every fault: what it fills in names a task or a command, and what follows a colon or
    /// a bracket is the exception's own message.
    private static String fixed(String format) {
        return format.split("[:\\[]", 2)[0].replace("{}", "…").strip();
    }
}
