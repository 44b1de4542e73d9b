package mutirao.platform.rest;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.lang.reflect.Method;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import mutirao.platform.identity.Access;
import mutirao.platform.identity.Actor;
import mutirao.platform.identity.Forbidden;
import org.springframework.http.HttpStatus;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.HandlerInterceptor;

/// Holds every operation against its [Access], before anything else of the request is looked at. One that has none is
/// nobody's.
final class AccessInterceptor implements HandlerInterceptor {
    /// Read once: annotations that build on others are found by searching.
    private final Map<Method, Optional<Access>> known = new ConcurrentHashMap<>();

    /// @throws Problem   401 when nobody has logged in
    /// @throws Forbidden when the caller has none of the roles
    @Override
    public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler) {
        if (!(handler instanceof HandlerMethod method) || request.getDispatcherType() != DispatcherType.REQUEST) {
            return true; // there is nothing at this address, or it is the rest of an answer that has begun
        }
        var access = known.computeIfAbsent(method.getMethod(), Access::of);
        if (access.filter(Access::withoutToken).isPresent()) {
            return true;
        }
        var actor = Actor.find().orElseThrow(AccessInterceptor::unknown);
        if (access.filter(rights -> rights.allows(actor)).isEmpty()) {
            throw new Forbidden();
        }
        return true;
    }

    private static Problem unknown() {
        return new Problem(HttpStatus.UNAUTHORIZED, "UNAUTHORIZED", "falta um token que valha", List.of());
    }
}
