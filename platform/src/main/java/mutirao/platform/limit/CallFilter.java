package mutirao.platform.limit;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import mutirao.platform.identity.Actor;
import org.springframework.web.filter.OncePerRequestFilter;

/// Once it is known who calls: charges each call of the API to that person or client, wherever it comes from, and each
/// public read of nobody's to its address.
final class CallFilter extends OncePerRequestFilter {
    private final Buckets<UUID> people;
    private final Buckets<Address> readers;
    private final TooMany tooMany;

    CallFilter(Buckets<UUID> people, Buckets<Address> readers, TooMany tooMany) {
        this.people = people;
        this.readers = readers;
        this.tooMany = tooMany;
    }

    @Override
    protected boolean shouldNotFilter(HttpServletRequest request) {
        return !request.getServletPath().startsWith("/api/");
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        var wait = charge(request);
        if (wait.isPresent()) {
            tooMany.answer(request, response, wait.get());
        } else {
            chain.doFilter(request, response);
        }
    }

    private Optional<Duration> charge(HttpServletRequest request) {
        var actor = Actor.find();
        if (actor.isPresent()) {
            return people.take(actor.get().userId());
        }
        return Paths.isPublic(request) ? readers.take(Address.of(request)) : Optional.empty();
    }
}
