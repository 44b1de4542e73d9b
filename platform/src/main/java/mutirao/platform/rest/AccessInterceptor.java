package mutirao.platform.rest;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.List;
import mutirao.platform.identity.Access;
import mutirao.platform.identity.Actor;
import mutirao.platform.identity.Forbidden;
import org.springframework.http.HttpStatus;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.HandlerInterceptor;
import org.springframework.web.servlet.HandlerMapping;

/// Holds every operation against its row of [Access], before anything else of the request is looked at. What has no row
/// is nobody's.
final class AccessInterceptor implements HandlerInterceptor {
    /// @throws Problem   401 when nobody has logged in
    /// @throws Forbidden when the caller has none of the roles
    @Override
    public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler) {
        if (!(handler instanceof HandlerMethod) || request.getDispatcherType() != DispatcherType.REQUEST) {
            return true; // there is nothing at this address, or it is the rest of an answer that has begun
        }
        var row = Access.row(operation(request));
        if (row.filter(Access.Row::open).isPresent()) {
            return true;
        }
        var actor = Actor.find().orElseThrow(AccessInterceptor::unknown);
        if (row.filter(rights -> rights.allows(actor)).isEmpty()) {
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
