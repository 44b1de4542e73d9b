package mutirao.identity.account;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.UUID;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.web.filter.OncePerRequestFilter;

/// Ends a login session, in whichever process it lies, whose password has been replaced since: before it is asked for a
/// code.
public final class StaleLogin extends OncePerRequestFilter {
    private final Accounts accounts;

    /// @param accounts knows when each password was set
    public StaleLogin(Accounts accounts) {
        this.accounts = accounts;
    }

    @Override
    protected boolean shouldNotFilter(HttpServletRequest request) {
        return !request.getServletPath().equals(WayBack.AUTHORIZE);
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        var person = SecurityContextHolder.getContext().getAuthentication();
        var session = request.getSession(false);
        if (person != null
                && session != null
                && PersonLogin.since(person)
                        .filter(loggedIn -> !accounts.stands(UUID.fromString(person.getName()), loggedIn))
                        .isPresent()) {
            session.invalidate();
            SecurityContextHolder.clearContext();
        }
        chain.doFilter(request, response);
    }
}
