package mutirao.platform.rest;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import mutirao.platform.eventstore.EventLog;
import mutirao.platform.eventstore.Position;
import mutirao.platform.stream.Followers;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.HandlerInterceptor;

/// Lets a reader wait for its own write: `?minPosition=` or `X-Min-Position` holds a read until its projections have
/// passed that position, for at most 5 s.
final class MinPosition implements HandlerInterceptor {
    private static final Duration LONGEST = Duration.ofSeconds(5);

    /// In which nearly every event is told; then it is worth asking whether there can be one.
    private static final Duration SHORT = Duration.ofMillis(50);

    private final Followers followers;
    private final EventLog log;

    MinPosition(Followers followers, EventLog log) {
        this.followers = followers;
        this.log = log;
    }

    @Override
    public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler)
            throws InterruptedException {
        var wanted = wanted(request);
        if (wanted == null
                || !(handler instanceof HandlerMethod method)
                || !request.getMethod().equals("GET")) {
            return true;
        }
        var reads = method.getBeanType().getAnnotation(ReadsFrom.class);
        if (reads != null && !reached(names(reads), wanted.index())) {
            throw new Problem(
                    HttpStatus.SERVICE_UNAVAILABLE,
                    "POSITION_NOT_REACHED",
                    "a leitura ainda não chegou à posição " + wanted,
                    List.of());
        }
        return true;
    }

    private boolean reached(List<String> names, long wanted) throws InterruptedException {
        if (followers.awaitPosition(names, wanted, SHORT)) {
            return true;
        }
        if (!log.mayHave(wanted)) {
            throw Problem.invalid("minPosition", "nenhum evento chegou a essa posição");
        }
        return followers.awaitPosition(names, wanted, LONGEST.minus(SHORT));
    }

    private static List<String> names(ReadsFrom reads) {
        return Arrays.stream(reads.value()).map(name -> "projecao:" + name).toList();
    }

    private static @Nullable Position wanted(HttpServletRequest request) {
        var parameter = request.getParameter("minPosition");
        var text = parameter == null ? request.getHeader("X-Min-Position") : parameter;
        if (text == null) {
            return null;
        }
        try {
            return Position.of(text);
        } catch (IllegalArgumentException _) {
            throw Problem.invalid(parameter == null ? "X-Min-Position" : "minPosition", "não é uma posição");
        }
    }
}
