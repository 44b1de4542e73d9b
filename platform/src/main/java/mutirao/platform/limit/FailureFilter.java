package mutirao.platform.limit;

import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.LoadingCache;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.web.filter.OncePerRequestFilter;

/// Before Spring Security: charges an address for each time it fails to say who it is, and refuses further attempts
/// before a password is hashed. What succeeds costs nothing, and a token that is good is never refused here. A wrong
/// password costs more than a token that does not count, which nobody guesses.
///
/// So many attempts of one address run at a time, the others wait: who sends all their guesses at once learns no more.
final class FailureFilter extends OncePerRequestFilter {
    private static final int AT_A_TIME = 8;
    private static final Pattern QUERY = Pattern.compile("[?#].*");
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final Buckets<Address> failures;
    private final Buckets<Address> strangers;
    private final TooMany tooMany;
    /// Kept by the requests that use them.
    private final LoadingCache<Address, Semaphore> turns =
            Caffeine.newBuilder().weakValues().build(_ -> new Semaphore(AT_A_TIME));

    FailureFilter(Buckets<Address> failures, Buckets<Address> strangers, TooMany tooMany) {
        this.failures = failures;
        this.strangers = strangers;
        this.tooMany = tooMany;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        if (Paths.isProof(request)) {
            inTurn(request, response, chain);
        } else {
            pass(request, response, chain);
        }
    }

    private void inTurn(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        var turn = turns.get(Address.of(request));
        if (!acquired(turn)) {
            tooMany.notNow(request, response);
            return;
        }
        try {
            pass(request, response, chain);
        } finally {
            turn.release();
        }
    }

    private static boolean acquired(Semaphore turn) {
        try {
            return turn.tryAcquire(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private void pass(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        var address = Address.of(request);
        var charged = Paths.isProof(request) ? failures : strangers;
        var wait = charged.look(address);
        if (wait.isPresent() && isRefused(request)) {
            tooMany.answer(request, response, wait.get());
            return;
        }
        chain.doFilter(request, response);
        if (failed(request, response)) {
            var beyond = charged.take(address);
            if (beyond.isPresent() && !response.isCommitted()) {
                response.reset();
                tooMany.answer(request, response, beyond.get());
            }
        }
    }

    /// What cannot turn out to be a good token.
    private static boolean isRefused(HttpServletRequest request) {
        return Paths.isProof(request) || (Paths.isGuarded(request) && !hasToken(request));
    }

    private static boolean hasToken(HttpServletRequest request) {
        var header = request.getHeader(HttpHeaders.AUTHORIZATION);
        return header != null && header.regionMatches(true, 0, "Bearer ", 0, "Bearer ".length());
    }

    private static boolean failed(HttpServletRequest request, HttpServletResponse response) {
        var status = HttpStatusCode.valueOf(response.getStatus());
        return status.isSameCodeAs(HttpStatus.UNAUTHORIZED)
                || (Paths.isProof(request) && (status.is4xxClientError() || isSentBack(request, response)));
    }

    /// A form that failed is shown again: `/entrar?erro`, with or without the host.
    private static boolean isSentBack(HttpServletRequest request, HttpServletResponse response) {
        var location = response.getHeader(HttpHeaders.LOCATION);
        return request.getMethod().equals("POST")
                && location != null
                && QUERY.matcher(location).replaceFirst("").endsWith(request.getRequestURI());
    }
}
