package mutirao.platform.log;

import io.grpc.StatusRuntimeException;
import java.io.IOException;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Why something failed, as the log may show it: the exception at the root, with its message only where that cannot
/// hold what people wrote.
///
/// @param kind  what equal faults have in common
/// @param says  in one line
/// @param trace where it was thrown, one line a frame; of each exception around it its class only
record Cause(String kind, String says, String trace) {
    private static final int FRAMES = 30;

    /// A value that PostgreSQL could not read is in its message.
    private static final String BAD_DATA = "22";

    /// The JVM's own messages, which name types, variables and indexes.
    private static final Set<Class<?>> OF_THE_JVM =
            Set.of(NullPointerException.class, ClassCastException.class, ArithmeticException.class);

    static Cause of(Throwable thrown) {
        var chain = chain(thrown);
        var root = chain.getLast();
        var frame = root.getStackTrace().length == 0 ? "" : String.valueOf(root.getStackTrace()[0]);
        var name = root.getClass().getSimpleName();
        if (root instanceof SQLException sql) {
            var kind = name + " " + sql.getSQLState();
            return new Cause(kind, kind + message(sql), trace(chain));
        }
        if (root instanceof StatusRuntimeException grpc) {
            var kind = name + " " + grpc.getStatus().getCode();
            return new Cause(kind, kind, trace(chain));
        }
        if (root instanceof IOException || root instanceof Error || OF_THE_JVM.contains(root.getClass())) {
            return new Cause(name + " " + frame, name + ": " + oneLine(root.getMessage()), trace(chain));
        }
        return new Cause(name + " " + frame, name + (frame.isEmpty() ? "" : " at " + frame), trace(chain));
    }

    /// From the outermost to the one at the root: where a database has said something, that.
    private static List<Throwable> chain(Throwable thrown) {
        var seen = Collections.<Throwable>newSetFromMap(new IdentityHashMap<>());
        var chain = Stream.iterate(thrown, cause -> cause != null && seen.add(cause), Throwable::getCause)
                .toList();
        for (int i = chain.size(); i > 0; i--) {
            if (chain.get(i - 1) instanceof SQLException sql && sql.getSQLState() != null) {
                return chain.subList(0, i);
            }
        }
        return chain;
    }

    private static String message(SQLException sql) {
        var state = sql.getSQLState();
        return state != null && state.startsWith(BAD_DATA) ? "" : ": " + oneLine(sql.getMessage());
    }

    private static String oneLine(@Nullable String message) {
        return message == null ? "no message" : message.lines().findFirst().orElse("");
    }

    private static String trace(List<Throwable> chain) {
        var around = chain.reversed().stream()
                .skip(1)
                .map(each -> "\n  in " + each.getClass().getName());
        var frames =
                Arrays.stream(chain.getLast().getStackTrace()).limit(FRAMES).map(frame -> "\n  at " + frame);
        return Stream.concat(frames, around).collect(Collectors.joining());
    }
}
