package mutirao.platform.rest;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import mutirao.platform.stream.Followers;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.HandlerInterceptor;

/// Lets a reader wait for its own write: `?minPosition=` or `X-Min-Position` holds a read until its projections have
/// passed that position, for at most 5 s.
final class MinPosition implements HandlerInterceptor {
    private static final Duration LONGEST = Duration.ofSeconds(5);

    private final Followers followers;

    MinPosition(Followers followers) {
        this.followers = followers;
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
        if (reads != null && !followers.awaitPosition(names(reads), wanted, LONGEST)) {
            throw new Problem(
                    HttpStatus.SERVICE_UNAVAILABLE,
                    "POSITION_NOT_REACHED",
                    "a leitura ainda não chegou à posição " + wanted,
                    List.of());
        }
        return true;
    }

    private static List<String> names(ReadsFrom reads) {
        return Arrays.stream(reads.value()).map(name -> "projecao:" + name).toList();
    }

    private static @Nullable Long wanted(HttpServletRequest request) {
        var parameter = request.getParameter("minPosition");
        var text = parameter == null ? request.getHeader("X-Min-Position") : parameter;
        try {
            return text == null ? null : Long.valueOf(text);
        } catch (NumberFormatException _) {
            throw Problem.invalid(parameter == null ? "X-Min-Position" : "minPosition", "não é um número inteiro");
        }
    }
}
