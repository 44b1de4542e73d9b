package mutirao.identity.resource;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import mutirao.platform.identity.Actor;
import mutirao.platform.rest.Problems;
import org.springframework.http.HttpStatus;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.oauth2.server.resource.authentication.JwtAuthenticationToken;
import org.springframework.web.filter.OncePerRequestFilter;

/// Has a request answered on behalf of whoever its token names.
public final class ActorFilter extends OncePerRequestFilter {
    private final Claims claims;
    private final Problems problems;

    /// @param claims where a token says it
    public ActorFilter(Claims claims, Problems problems) {
        this.claims = claims;
        this.problems = problems;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        if (!(SecurityContextHolder.getContext().getAuthentication() instanceof JwtAuthenticationToken token)) {
            chain.doFilter(request, response);
            return;
        }
        Actor actor;
        try {
            actor = claims.actor(token.getToken());
        } catch (IllegalArgumentException _) {
            problems.write(request, response, HttpStatus.UNAUTHORIZED, "UNAUTHORIZED");
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
