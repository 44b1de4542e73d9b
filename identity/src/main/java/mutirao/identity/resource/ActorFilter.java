package mutirao.identity.resource;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import mutirao.platform.identity.Actor;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.web.filter.OncePerRequestFilter;

/// Has a request answered on behalf of whoever its token names.
public final class ActorFilter extends OncePerRequestFilter {
    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        var bearer = SecurityContextHolder.getContext().getAuthentication();
        if (bearer == null || !(bearer.getPrincipal() instanceof Actor actor)) {
            chain.doFilter(request, response);
            return;
        }
        try {
            actor.does(() -> {
                chain.doFilter(request, response);
                return actor;
            });
        } catch (IOException | ServletException | RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }
}
