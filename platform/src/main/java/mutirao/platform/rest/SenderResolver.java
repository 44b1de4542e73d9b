package mutirao.platform.rest;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;
import mutirao.api.Actors;
import mutirao.platform.command.Sender;
import mutirao.platform.command.Sender.Once;
import org.jspecify.annotations.Nullable;
import org.springframework.core.MethodParameter;
import org.springframework.web.bind.support.WebDataBinderFactory;
import org.springframework.web.context.request.NativeWebRequest;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.method.support.ModelAndViewContainer;

/// Who calls, for controllers that take a [Sender]. Until identity exists the actor comes from the header `X-User-Id`,
/// and the program listens on loopback only.
final class SenderResolver implements HandlerMethodArgumentResolver {
    /// Who acts when nobody says so.
    static final UUID DEVELOPER = UUID.fromString("00000000-0000-0000-0000-0000000000de");

    private static final Pattern VISIBLE = Pattern.compile("[\\x21-\\x7e]{1,200}");
    private static final Pattern ETAG = Pattern.compile("\"(\\d{1,18})\"");

    @Override
    public boolean supportsParameter(MethodParameter parameter) {
        return parameter.getParameterType() == Sender.class;
    }

    @Override
    public Sender resolveArgument(
            MethodParameter parameter,
            @Nullable ModelAndViewContainer container,
            NativeWebRequest request,
            @Nullable WebDataBinderFactory binders) {
        return sender(request.getNativeRequest(HttpServletRequest.class));
    }

    static Sender sender(@Nullable HttpServletRequest request) {
        if (request == null) {
            throw new IllegalStateException("not a servlet request");
        }
        var correlation = (String) request.getAttribute(RequestFilter.CORRELATION_ID);
        return new Sender(
                user(request), Actors.ORGANIZATION, correlation, correlation, "rest", once(request), version(request));
    }

    static UUID user(HttpServletRequest request) {
        var header = request.getHeader("X-User-Id");
        try {
            return header == null ? DEVELOPER : UUID.fromString(header);
        } catch (IllegalArgumentException _) {
            throw Problem.invalid("X-User-Id", "não é um UUID");
        }
    }

    static @Nullable Once once(HttpServletRequest request) {
        var key = request.getHeader("Idempotency-Key");
        if (key == null) {
            return null;
        }
        if (!VISIBLE.matcher(key).matches()) {
            throw Problem.invalid("Idempotency-Key", "deve ter de 1 a 200 caracteres visíveis");
        }
        return Optional.ofNullable((String) request.getAttribute(RequestFilter.BODY_HASH))
                .map(hash -> new Once(key, hash))
                .orElse(null);
    }

    private static @Nullable Long version(HttpServletRequest request) {
        var header = request.getHeader("If-Match");
        if (header == null || header.equals("*")) {
            return null;
        }
        var etag = ETAG.matcher(header);
        if (!etag.matches()) {
            throw Problem.invalid("If-Match", "deve ser a versão entre aspas, como em \"3\"");
        }
        return Long.valueOf(etag.group(1));
    }
}
