package mutirao.platform.rest;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import mutirao.platform.rest.Problem.FieldError;
import org.apache.tomcat.util.http.InvalidParameterException;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.web.filter.OncePerRequestFilter;

/// Before anybody reads a parameter, of a query or of a form, of the API or of the login: refuses what cannot be read,
/// and texts that [Texts] does not take in bodies either.
final class ParameterFilter extends OncePerRequestFilter {
    private final Problems problems;

    ParameterFilter(Problems problems) {
        this.problems = problems;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        List<FieldError> wrong;
        try {
            wrong = request.getParameterMap().entrySet().stream()
                    .filter(ParameterFilter::isUnstorable)
                    .map(parameter -> new FieldError(parameter.getKey(), Texts.FORBIDDEN))
                    .toList();
        } catch (InvalidParameterException e) {
            problems.write(request, response, unreadable(HttpStatusCode.valueOf(e.getErrorCode())));
            return;
        }
        if (wrong.isEmpty()) {
            chain.doFilter(request, response);
        } else {
            problems.write(request, response, Problem.invalid(wrong));
        }
    }

    private static boolean isUnstorable(Map.Entry<String, String[]> parameter) {
        return !Stream.concat(Stream.of(parameter.getKey()), Stream.of(parameter.getValue()))
                .allMatch(Texts::storable);
    }

    private static Problem unreadable(HttpStatusCode status) {
        return status.isSameCodeAs(HttpStatus.CONTENT_TOO_LARGE)
                ? new Problem(status, "CONTENT_TOO_LARGE", null, List.of())
                : new Problem(HttpStatus.BAD_REQUEST, "INVALID", "um parâmetro não é UTF-8 válido", List.of());
    }
}
