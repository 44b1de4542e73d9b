package mutirao.platform.rest;

import static java.util.Objects.requireNonNull;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Optional;
import java.util.regex.Pattern;
import mutirao.platform.command.Sender;
import mutirao.platform.command.Sender.Once;
import mutirao.platform.identity.Actor;
import org.jspecify.annotations.Nullable;
import org.springframework.core.MethodParameter;
import org.springframework.web.bind.support.WebDataBinderFactory;
import org.springframework.web.context.request.NativeWebRequest;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.method.support.ModelAndViewContainer;

/// On whose behalf a request is answered, for controllers that take a [Sender] or an [Actor].
final class SenderResolver implements HandlerMethodArgumentResolver {
    private static final Pattern VISIBLE = Pattern.compile("[\\x21-\\x7e]{1,200}");
    private static final Pattern ETAG = Pattern.compile("\"(\\d{1,18})\"");

    @Override
    public boolean supportsParameter(MethodParameter parameter) {
        return parameter.getParameterType() == Sender.class || parameter.getParameterType() == Actor.class;
    }

    @Override
    public Object resolveArgument(
            MethodParameter parameter,
            @Nullable ModelAndViewContainer container,
            NativeWebRequest request,
            @Nullable WebDataBinderFactory binders) {
        return parameter.getParameterType() == Actor.class
                ? Actor.current()
                : sender(requireNonNull(request.getNativeRequest(HttpServletRequest.class)));
    }

    private static Sender sender(HttpServletRequest request) {
        var correlation = (String) request.getAttribute(RequestFilter.CORRELATION_ID);
        return new Sender(Actor.current(), correlation, correlation, "rest", once(request), version(request));
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
