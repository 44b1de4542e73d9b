package mutirao.platform.rest;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Set;
import java.util.UUID;
import mutirao.platform.identity.Actor;
import mutirao.platform.secret.Sha256;
import mutirao.platform.side.Side;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.filter.OncePerRequestFilter;

/// Before every API call: gives it a correlation id, sends it away if the other process answers it, and reads the body
/// of a command whole, up to 1 MiB, so that its hash is known before anything happens.
final class RequestFilter extends OncePerRequestFilter {
    static final String CORRELATION_ID = "mutirao.correlationId";
    static final String BODY_HASH = "mutirao.bodyHash";
    static final int LARGEST_BODY = 1 << 20;
    private static final String PROJECTIONS = "/api/projecoes";
    /// What is told line by line is read so, however long it is.
    private static final Set<String> LINES = Set.of("application/x-ndjson", "text/csv");

    private final Side side;
    private final Routes routes;
    private final Traffic traffic;
    private final Problems problems;

    RequestFilter(Side side, Routes routes, Traffic traffic, Problems problems) {
        this.side = side;
        this.routes = routes;
        this.traffic = traffic;
        this.problems = problems;
    }

    @Override
    protected boolean shouldNotFilter(HttpServletRequest request) {
        return !path(request).startsWith("/api/");
    }

    /// Decoded, as the controllers' mappings see it: `/%61pi` is `/api` too.
    private static String path(HttpServletRequest request) {
        return request.getServletPath();
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        Problems.traceId(request);
        if (!path(request).startsWith(PROJECTIONS)) {
            traffic.served();
        }
        if (side != Side.BOTH) {
            response.setHeader("X-Mutirao-Side", side.name().toLowerCase(Locale.ROOT));
        }
        if (!answers(request)) {
            problems.write(request, response, HttpStatus.MISDIRECTED_REQUEST, "OUTRO_PROCESSO");
        } else if (hasNoKind(request.getContentType())) {
            problems.write(request, response, HttpStatus.UNSUPPORTED_MEDIA_TYPE, "UNSUPPORTED_MEDIA_TYPE");
        } else if (!hasCommandBody(request)) {
            chain.doFilter(request, response);
        } else {
            var body = request.getInputStream().readNBytes(LARGEST_BODY + 1);
            if (body.length > LARGEST_BODY) {
                problems.write(request, response, HttpStatus.CONTENT_TOO_LARGE, "CONTENT_TOO_LARGE");
                return;
            }
            if (request.getHeader("Idempotency-Key") != null) {
                request.setAttribute(BODY_HASH, hash(request, body));
            }
            chain.doFilter(new WithBody(request, body), response);
        }
    }

    private boolean answers(HttpServletRequest request) {
        if (side == Side.BOTH) {
            return true;
        }
        var answers = routes.of(request.getMethod(), path(request));
        return answers == Side.BOTH || answers == side;
    }

    /// A wildcard is what one accepts, not what one sends; Spring takes it for a fault of its own.
    private static boolean hasNoKind(@Nullable String type) {
        return type != null && type.split(";", 2)[0].contains("*");
    }

    private static boolean hasCommandBody(HttpServletRequest request) {
        var type = request.getContentType();
        return Routes.commands(request.getMethod())
                && (type == null
                        || !LINES.contains(type.split(";", 2)[0].strip().toLowerCase(Locale.ROOT)));
    }

    /// With the organization, since another issuer's people may be called the same in several: what one was answered
    /// is no answer in another.
    private static String hash(HttpServletRequest request, byte[] body) {
        var organization =
                Actor.find().map(Actor::organizationId).map(UUID::toString).orElse("");
        var call = request.getMethod() + " " + request.getRequestURI() + " " + organization + "\n";
        return HexFormat.of().formatHex(Sha256.of(call.getBytes(StandardCharsets.UTF_8), body));
    }

    /// A request whose body has been read and can be read again.
    private static final class WithBody extends HttpServletRequestWrapper {
        private final byte[] body;

        WithBody(HttpServletRequest request, byte[] body) {
            super(request);
            this.body = body;
        }

        @Override
        public ServletInputStream getInputStream() {
            var bytes = new ByteArrayInputStream(body);
            return new ServletInputStream() {
                @Override
                public int read() {
                    return bytes.read();
                }

                @Override
                public int read(byte[] target, int offset, int length) {
                    return bytes.read(target, offset, length);
                }

                @Override
                public boolean isFinished() {
                    return bytes.available() == 0;
                }

                @Override
                public boolean isReady() {
                    return true;
                }

                @Override
                public void setReadListener(ReadListener listener) {
                    throw new UnsupportedOperationException("the body has been read");
                }
            };
        }
    }
}
