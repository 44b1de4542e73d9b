package mutirao.platform.rest;

import static java.util.stream.Collectors.toUnmodifiableMap;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import mutirao.platform.identity.Access;
import mutirao.platform.identity.Access.Row;
import mutirao.platform.identity.Actor;
import mutirao.platform.identity.Forbidden;
import org.springframework.http.HttpStatus;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.HandlerInterceptor;
import org.springframework.web.servlet.HandlerMapping;

/// Holds every operation against its row of [Access], before anything else of the request is looked at. What has no row
/// is nobody's.
final class AccessInterceptor implements HandlerInterceptor {
    private final Map<String, Row> rows =
            Access.TABLE.stream().collect(toUnmodifiableMap(Row::operation, Function.identity()));

    /// @throws Problem   401 when nobody has logged in
    /// @throws Forbidden when the caller has none of the roles
    @Override
    public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler) {
        if (!(handler instanceof HandlerMethod)) {
            return true; // there is nothing at this address
        }
        var row = rows.get(operation(request));
        if (row != null && row.open()) {
            return true;
        }
        var actor = Actor.find().orElseThrow(AccessInterceptor::unknown);
        if (row == null || !row.allows(actor)) {
            throw new Forbidden();
        }
        return true;
    }

    private static String operation(HttpServletRequest request) {
        var method = request.getMethod().equals("HEAD") ? "GET" : request.getMethod();
        return method + " " + request.getAttribute(HandlerMapping.BEST_MATCHING_PATTERN_ATTRIBUTE);
    }

    private static Problem unknown() {
        return new Problem(HttpStatus.UNAUTHORIZED, "UNAUTHORIZED", "falta um token que valha", List.of());
    }
}
