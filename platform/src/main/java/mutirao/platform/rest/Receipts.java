package mutirao.platform.rest;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import mutirao.api.RuleViolation;
import mutirao.platform.command.Idempotency;
import mutirao.platform.command.Receipt;
import mutirao.platform.identity.Actor;
import org.jspecify.annotations.Nullable;
import org.springframework.core.MethodParameter;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.converter.HttpMessageConverter;
import org.springframework.http.server.ServerHttpRequest;
import org.springframework.http.server.ServerHttpResponse;
import org.springframework.web.bind.annotation.ControllerAdvice;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.HandlerInterceptor;
import org.springframework.web.servlet.mvc.method.annotation.ResponseBodyAdvice;
import tools.jackson.databind.json.JsonMapper;

/// The answer to a command: its [Receipt] as body, `ETag`, and for creations `Location`, which is the collection's path
/// and the new id. An answer already given to the same idempotency key is given again before anything is looked at.
@ControllerAdvice
final class Receipts implements ResponseBodyAdvice<Receipt>, HandlerInterceptor {
    private final Idempotency idempotency;
    private final JsonMapper json;

    Receipts(Idempotency idempotency, JsonMapper json) {
        this.idempotency = idempotency;
        this.json = json;
    }

    @Override
    public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler)
            throws IOException {
        var once = handler instanceof HandlerMethod ? SenderResolver.once(request) : null;
        if (once == null) {
            return true;
        }
        var answered = idempotency.answer(Actor.current().userId(), once);
        if (answered.isEmpty()) {
            return true;
        }
        var created = ((HandlerMethod) handler).getMethodAnnotation(ResponseStatus.class);
        var status = created == null ? HttpStatus.OK : created.code();
        var headers = headers(answered.get(), request.getRequestURI(), status.value());
        headers.forEach((name, values) -> response.setHeader(name, values.getFirst()));
        response.setStatus(status.value());
        response.setContentType(MediaType.APPLICATION_JSON_VALUE);
        response.getOutputStream().write(json.writeValueAsBytes(answered.get()));
        return false;
    }

    @Override
    public boolean supports(MethodParameter returned, Class<? extends HttpMessageConverter<?>> converter) {
        return returned.getParameterType() == Receipt.class;
    }

    @Override
    public @Nullable Receipt beforeBodyWrite(
            @Nullable Receipt receipt,
            MethodParameter returned,
            MediaType type,
            Class<? extends HttpMessageConverter<?>> converter,
            ServerHttpRequest request,
            ServerHttpResponse response) {
        if (receipt != null) {
            var created = returned.hasMethodAnnotation(ResponseStatus.class);
            response.getHeaders().putAll(headers(receipt, request.getURI().getRawPath(), created ? 201 : 200));
        }
        return receipt;
    }

    /// @throws RuleViolation when what was recorded is a refusal
    private static HttpHeaders headers(Receipt receipt, String path, int status) {
        if (receipt.refusal() != null) {
            throw new RuleViolation(receipt.refusal());
        }
        var headers = new HttpHeaders();
        headers.setETag("\"" + receipt.version() + "\"");
        if (status == HttpStatus.CREATED.value()) {
            headers.put(HttpHeaders.LOCATION, List.of(path + "/" + receipt.id()));
        }
        return headers;
    }
}
