package mutirao.platform.rest;

import mutirao.api.PageRequest;
import org.jspecify.annotations.Nullable;
import org.springframework.core.MethodParameter;
import org.springframework.web.bind.support.WebDataBinderFactory;
import org.springframework.web.context.request.NativeWebRequest;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.method.support.ModelAndViewContainer;

/// Reads `limit`, `cursor` and `sort` for controllers that take a [PageRequest].
final class PageResolver implements HandlerMethodArgumentResolver {
    @Override
    public boolean supportsParameter(MethodParameter parameter) {
        return reads(parameter);
    }

    static boolean reads(MethodParameter parameter) {
        return parameter.getParameterType() == PageRequest.class;
    }

    @Override
    public PageRequest resolveArgument(
            MethodParameter parameter,
            @Nullable ModelAndViewContainer container,
            NativeWebRequest request,
            @Nullable WebDataBinderFactory binders) {
        return new PageRequest(
                limit(request.getParameter("limit")), request.getParameter("cursor"), request.getParameter("sort"));
    }

    private static int limit(@Nullable String text) {
        if (text == null) {
            return PageRequest.DEFAULT;
        }
        try {
            var limit = Integer.parseInt(text);
            if (limit >= 1 && limit <= PageRequest.MAX) {
                return limit;
            }
        } catch (NumberFormatException _) {
            throw outOfRange();
        }
        throw outOfRange();
    }

    private static Problem outOfRange() {
        return Problem.invalid("limit", "de 1 a " + PageRequest.MAX);
    }
}
