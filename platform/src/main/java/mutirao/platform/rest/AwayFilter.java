package mutirao.platform.rest;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import mutirao.platform.stream.Faults;
import org.springframework.web.filter.OncePerRequestFilter;

/// Around every other filter: a fault of the surroundings where no controller is (login, tokens) is 503 there too. The
/// container would answer 500 whatever it is, with a stack trace in the log.
final class AwayFilter extends OncePerRequestFilter {
    private final Problems problems;

    AwayFilter(Problems problems) {
        this.problems = problems;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        try {
            chain.doFilter(request, response);
        } catch (ServletException | RuntimeException e) {
            if (response.isCommitted() || !Faults.transientFault(e)) {
                throw e;
            }
            response.reset();
            problems.writeUnavailable(request, response, e);
        }
    }
}
