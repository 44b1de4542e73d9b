package mutirao.platform.rest;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.validation.Validator;
import java.io.IOException;
import java.lang.reflect.ParameterizedType;
import java.util.List;
import java.util.Objects;
import mutirao.platform.rest.Problem.FieldError;
import org.jspecify.annotations.Nullable;
import org.springframework.core.MethodParameter;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.support.WebDataBinderFactory;
import org.springframework.web.context.request.NativeWebRequest;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.method.support.ModelAndViewContainer;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// Reads and validates a [MergePatch].
final class MergePatchResolver implements HandlerMethodArgumentResolver {
    private final JsonMapper json;
    private final Validator validator;

    MergePatchResolver(JsonMapper json, Validator validator) {
        this.json = json;
        this.validator = validator;
    }

    @Override
    public boolean supportsParameter(MethodParameter parameter) {
        return parameter.getParameterType() == MergePatch.class;
    }

    @Override
    public MergePatch<?> resolveArgument(
            MethodParameter parameter,
            @Nullable ModelAndViewContainer container,
            NativeWebRequest request,
            @Nullable WebDataBinderFactory binders)
            throws IOException {
        var type = (Class<?>) ((ParameterizedType) parameter.getGenericParameterType()).getActualTypeArguments()[0];
        var body = body(Objects.requireNonNull(request.getNativeRequest(HttpServletRequest.class)));
        try {
            return validated(new MergePatch<>(json.treeToValue(body, type), body));
        } catch (JacksonException e) {
            throw Findings.of(body, type, e, json, validator);
        }
    }

    private ObjectNode body(HttpServletRequest request) throws IOException {
        try {
            if (json.readTree(request.getInputStream()) instanceof ObjectNode body) {
                return body;
            }
        } catch (JacksonException e) {
            throw Problems.Json.problem(e);
        }
        throw new Problem(HttpStatus.BAD_REQUEST, "INVALID", "o corpo deve ser um objeto", List.of());
    }

    private <T> MergePatch<T> validated(MergePatch<T> patch) {
        if (patch.body().isEmpty()) {
            throw new Problem(HttpStatus.BAD_REQUEST, "INVALID", "nada a mudar", List.of());
        }
        var violations = validator.validate(patch.value());
        if (!violations.isEmpty()) {
            throw Problem.invalid(violations.stream()
                    .map(v -> new FieldError(v.getPropertyPath().toString(), v.getMessage()))
                    .toList());
        }
        return patch;
    }
}
