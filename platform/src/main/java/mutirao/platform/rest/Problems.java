package mutirao.platform.rest;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.validation.Validator;
import java.io.IOException;
import java.lang.reflect.Type;
import java.net.URI;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import mutirao.api.RuleViolation;
import mutirao.platform.command.IdempotencyConflict;
import mutirao.platform.command.VersionConflict;
import mutirao.platform.eventstore.Position;
import mutirao.platform.identity.Forbidden;
import mutirao.platform.rest.Problem.FieldError;
import mutirao.platform.stream.Faults;
import org.axonframework.modelling.command.AggregateNotFoundException;
import org.axonframework.modelling.command.AggregateStreamCreationException;
import org.axonframework.modelling.command.ConcurrencyException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.MessageSource;
import org.springframework.core.NestedExceptionUtils;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.dao.QueryTimeoutException;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.transaction.CannotCreateTransactionException;
import org.springframework.validation.BindingResult;
import org.springframework.validation.method.ParameterValidationResult;
import org.springframework.web.bind.MethodArgumentNotValidException;
import org.springframework.web.bind.ServletRequestBindingException;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.context.request.NativeWebRequest;
import org.springframework.web.context.request.RequestAttributes;
import org.springframework.web.context.request.RequestContextHolder;
import org.springframework.web.context.request.ServletRequestAttributes;
import org.springframework.web.context.request.ServletWebRequest;
import org.springframework.web.context.request.WebRequest;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.method.annotation.HandlerMethodValidationException;
import org.springframework.web.method.annotation.MethodArgumentTypeMismatchException;
import org.springframework.web.servlet.HandlerMapping;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerAdapter;
import org.springframework.web.servlet.mvc.method.annotation.ResponseEntityExceptionHandler;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DatabindException;
import tools.jackson.databind.exc.MismatchedInputException;
import tools.jackson.databind.exc.UnrecognizedPropertyException;
import tools.jackson.databind.json.JsonMapper;

/// Turns whatever goes wrong into `application/problem+json` (RFC 9457) with a stable `code`. Nothing that a caller
/// sends is a 500, and no stack trace leaves the process.
@RestControllerAdvice
public class Problems extends ResponseEntityExceptionHandler {
    private static final Logger LOG = LoggerFactory.getLogger(Problems.class);
    private static final Locale LANGUAGE = Locale.of("pt", "BR");

    private final MessageSource messages;
    private final JsonMapper json;
    private final ObjectProvider<Validator> validator;
    private final ObjectProvider<RequestMappingHandlerAdapter> adapter;

    Problems(
            MessageSource messages,
            JsonMapper json,
            ObjectProvider<Validator> validator,
            ObjectProvider<RequestMappingHandlerAdapter> adapter) {
        this.messages = messages;
        this.json = json;
        this.validator = validator;
        this.adapter = adapter;
    }

    @ExceptionHandler
    ResponseEntity<Object> on(Problem problem) {
        return answer(problem.status(), problem.code(), problem.getMessage(), problem.errors());
    }

    @ExceptionHandler
    ResponseEntity<Object> on(RuleViolation refused) {
        return answer(HttpStatus.CONFLICT, refused.code(), null, List.of());
    }

    @ExceptionHandler
    ResponseEntity<Object> on(Forbidden refused) {
        return answer(HttpStatus.FORBIDDEN, Forbidden.CODE, null, List.of());
    }

    @ExceptionHandler
    ResponseEntity<Object> on(AggregateStreamCreationException exists) {
        return answer(HttpStatus.CONFLICT, "JA_EXISTE", null, List.of());
    }

    @ExceptionHandler
    ResponseEntity<Object> on(AggregateNotFoundException missing) {
        return answer(HttpStatus.NOT_FOUND, "NOT_FOUND", null, List.of());
    }

    @ExceptionHandler
    ResponseEntity<Object> on(VersionConflict conflict) {
        return answer(HttpStatus.PRECONDITION_FAILED, "VERSION_CONFLICT", conflict.getMessage(), List.of());
    }

    @ExceptionHandler
    ResponseEntity<Object> on(IdempotencyConflict conflict) {
        var status = conflict.reason() == IdempotencyConflict.Reason.IDEMPOTENCY_KEY_REUSED
                ? HttpStatus.UNPROCESSABLE_CONTENT
                : HttpStatus.CONFLICT;
        return answer(status, conflict.reason().name(), null, List.of());
    }

    @ExceptionHandler({
        ConcurrencyException.class,
        CannotCreateTransactionException.class,
        DataAccessResourceFailureException.class,
        QueryTimeoutException.class
    })
    ResponseEntity<Object> onSurroundings(Exception e) {
        LOG.warn("request {} is answered 503", traceId(), e);
        return answer(HttpStatus.SERVICE_UNAVAILABLE, "UNAVAILABLE", null, List.of());
    }

    @ExceptionHandler
    ResponseEntity<Object> on(MethodArgumentTypeMismatchException e, HandlerMethod method, NativeWebRequest request) {
        return on(Problem.invalid(ParameterFindings.of(method, request, adapter.getObject())));
    }

    /// What is wrong with a parameter that cannot be converted.
    static String mismatch(Throwable failure, @Nullable Class<?> wanted) {
        return NestedExceptionUtils.getMostSpecificCause(failure) instanceof Texts.Unstorable unstorable
                ? unstorable.getOriginalMessage()
                : "deve ser " + describe(wanted);
    }

    /// Axon wraps a broken connection in exceptions of its own.
    ///
    /// @throws Exception when the answer has begun: the container then closes the connection, before its end
    @ExceptionHandler
    ResponseEntity<Object> onFault(Exception fault, HttpServletResponse response) throws Exception {
        if (response.isCommitted()) {
            throw fault;
        }
        if (Faults.transientFault(fault)) {
            return onSurroundings(fault);
        }
        LOG.error("request {} is answered 500", traceId(), fault);
        return answer(HttpStatus.INTERNAL_SERVER_ERROR, "INTERNAL", null, List.of());
    }

    /// What a value of that type looks like.
    private static String describe(@Nullable Class<?> type) {
        if (type == null) {
            return "válido";
        }
        if (type.isEnum()) {
            return "um de " + List.of(type.getEnumConstants());
        }
        if (Collection.class.isAssignableFrom(type)) {
            return "uma lista";
        }
        return NAMES.getOrDefault(type, "um objeto");
    }

    private static final Map<Class<?>, String> NAMES = Map.of(
            String.class, "um texto",
            UUID.class, "um UUID",
            Position.class, "uma posição",
            Instant.class, "um instante ISO 8601, como 2026-05-06T12:00:00Z",
            long.class, "um número inteiro",
            Long.class, "um número inteiro",
            Double.class, "um número",
            Boolean.class, "true ou false");

    @Override
    protected ResponseEntity<Object> handleMethodArgumentNotValid(
            MethodArgumentNotValidException e, HttpHeaders headers, HttpStatusCode status, WebRequest request) {
        return e.getParameter().hasParameterAnnotation(ModelAttribute.class)
                        && request instanceof NativeWebRequest asked
                        && handler(request) instanceof HandlerMethod method
                ? on(Problem.invalid(ParameterFindings.of(method, asked, adapter.getObject())))
                : on(Problem.invalid(fields(e.getBindingResult())));
    }

    private static @Nullable Object handler(WebRequest request) {
        return request.getAttribute(HandlerMapping.BEST_MATCHING_HANDLER_ATTRIBUTE, RequestAttributes.SCOPE_REQUEST);
    }

    static List<FieldError> fields(BindingResult result) {
        return result.getFieldErrors().stream()
                .map(error -> new FieldError(
                        error.getField(),
                        error.isBindingFailure()
                                ? mismatch(error.unwrap(Exception.class), result.getFieldType(error.getField()))
                                : String.valueOf(error.getDefaultMessage())))
                .toList();
    }

    @Override
    protected ResponseEntity<Object> handleHandlerMethodValidationException(
            HandlerMethodValidationException e, HttpHeaders headers, HttpStatusCode status, WebRequest request) {
        return on(Problem.invalid(e.getParameterValidationResults().stream()
                .flatMap(Problems::errors)
                .toList()));
    }

    private static Stream<FieldError> errors(ParameterValidationResult result) {
        var name = String.valueOf(result.getMethodParameter().getParameterName());
        return result.getResolvableErrors().stream()
                .map(error -> new FieldError(name, String.valueOf(error.getDefaultMessage())));
    }

    @Override
    protected ResponseEntity<Object> handleHttpMessageNotReadable(
            HttpMessageNotReadableException e, HttpHeaders headers, HttpStatusCode status, WebRequest request) {
        return e.getCause() instanceof JacksonException unreadable
                ? on(unreadable(unreadable, request))
                : answer(HttpStatus.BAD_REQUEST, "INVALID", "o corpo falta ou não pode ser lido", List.of());
    }

    /// Reads the body again, which the filter has kept.
    private Problem unreadable(JacksonException refused, WebRequest request) {
        if (refused instanceof DatabindException
                && request instanceof ServletWebRequest servlet
                && handler(request) instanceof HandlerMethod method) {
            for (var parameter : method.getMethodParameters()) {
                if (parameter.hasParameterAnnotation(RequestBody.class)) {
                    return findings(servlet.getRequest(), parameter.getGenericParameterType(), refused);
                }
            }
        }
        return Json.problem(refused);
    }

    private Problem findings(HttpServletRequest request, Type type, JacksonException refused) {
        try {
            return Findings.of(json.readTree(request.getInputStream()), type, refused, json, validator.getObject());
        } catch (JacksonException | IOException _) {
            return Json.problem(refused);
        }
    }

    @Override
    protected ResponseEntity<Object> handleServletRequestBindingException(
            ServletRequestBindingException e, HttpHeaders headers, HttpStatusCode status, WebRequest request) {
        return answer(HttpStatus.BAD_REQUEST, "INVALID", e.getMessage(), List.of());
    }

    /// What the framework itself refuses: unknown path, method, media type.
    @Override
    protected ResponseEntity<Object> handleExceptionInternal(
            Exception e, @Nullable Object body, HttpHeaders headers, HttpStatusCode status, WebRequest request) {
        var known = HttpStatus.resolve(status.value());
        var code = status.value() == 404 ? "NOT_FOUND" : known == null ? "INVALID" : known.name();
        var answer = answer(status, code, null, List.of());
        return ResponseEntity.status(status)
                .headers(headers)
                .contentType(MediaType.APPLICATION_PROBLEM_JSON)
                .body(answer.getBody());
    }

    private ResponseEntity<Object> answer(
            HttpStatusCode status, String code, @Nullable String detail, List<FieldError> errors) {
        var answer = ResponseEntity.status(status).contentType(MediaType.APPLICATION_PROBLEM_JSON);
        if (status.isSameCodeAs(HttpStatus.SERVICE_UNAVAILABLE)) {
            answer.header(HttpHeaders.RETRY_AFTER, "1");
        }
        return answer.body(detail(status, code, detail, errors));
    }

    /// The problem as it is sent.
    ProblemDetail detail(HttpStatusCode status, String code, @Nullable String detail, List<FieldError> errors) {
        var text = messages.getMessage(code, null, code, LANGUAGE);
        var problem = ProblemDetail.forStatusAndDetail(status, detail == null ? String.valueOf(text) : detail);
        problem.setType(URI.create("urn:mutirao:problema:" + code));
        problem.setTitle(text);
        problem.setProperty("code", code);
        problem.setProperty("traceId", traceId());
        if (!errors.isEmpty()) {
            problem.setProperty("errors", errors);
        }
        return problem;
    }

    private static @Nullable String traceId() {
        return RequestContextHolder.getRequestAttributes() instanceof ServletRequestAttributes attributes
                ? traceId(attributes.getRequest())
                : null;
    }

    /// A problem that no controller meets: answered by a filter.
    ///
    /// @param code stable, UPPER_SNAKE; its text stands in `messages.properties`
    public void write(HttpServletRequest request, HttpServletResponse response, HttpStatusCode status, String code)
            throws IOException {
        write(request, response, new Problem(status, code, null, List.of()));
    }

    /// A problem that no controller meets: answered by a filter.
    void write(HttpServletRequest request, HttpServletResponse response, Problem refused) throws IOException {
        var status = refused.status();
        var problem = detail(status, refused.code(), refused.getMessage(), refused.errors());
        problem.setProperty("traceId", traceId(request));
        response.setStatus(status.value());
        response.setContentType(MediaType.APPLICATION_PROBLEM_JSON_VALUE);
        if (status.isSameCodeAs(HttpStatus.SERVICE_UNAVAILABLE)) {
            response.setHeader(HttpHeaders.RETRY_AFTER, "1");
        }
        // Spring Security's own, which it leaves alone where they are: some answers are given before it is asked.
        response.setHeader(HttpHeaders.CACHE_CONTROL, "no-store");
        response.setHeader("X-Content-Type-Options", "nosniff");
        response.setHeader("X-Frame-Options", "DENY");
        response.getOutputStream().write(json.writeValueAsBytes(problem));
    }

    /// What a filter meets of the surroundings' faults.
    void writeUnavailable(HttpServletRequest request, HttpServletResponse response, Exception fault)
            throws IOException {
        LOG.warn("request {} is answered 503", traceId(request), fault);
        write(request, response, HttpStatus.SERVICE_UNAVAILABLE, "UNAVAILABLE");
    }

    /// The request's correlation id, given to it now if it has none yet.
    static String traceId(HttpServletRequest request) {
        if (!(request.getAttribute(RequestFilter.CORRELATION_ID) instanceof String id)) {
            var fresh = UUID.randomUUID().toString();
            request.setAttribute(RequestFilter.CORRELATION_ID, fresh);
            return fresh;
        }
        return id;
    }

    /// Reads what Jackson says about a body.
    static final class Json {
        private Json() {}

        /// The problem with a body that cannot be read.
        static Problem problem(JacksonException e) {
            if (e instanceof MismatchedInputException mismatch
                    && (e instanceof Texts.Unstorable || !mismatch.getPath().isEmpty())) {
                return Problem.invalid(path(mismatch), message(e, mismatch.getTargetType()));
            }
            if (e instanceof MismatchedInputException) {
                return malformed("o corpo deve ser um objeto, e só um");
            }
            var at = e.getLocation();
            return malformed(
                    at == null
                            ? "JSON inválido"
                            : "JSON inválido na linha " + at.getLineNr() + ", coluna " + at.getColumnNr());
        }

        /// What is wrong with a field.
        ///
        /// @param wanted what it should be, where Jackson does not say
        static String message(JacksonException e, @Nullable Class<?> wanted) {
            return switch (e) {
                case UnrecognizedPropertyException _ -> "campo desconhecido";
                case Texts.Unstorable unstorable -> unstorable.getOriginalMessage();
                case MismatchedInputException mismatch
                when mismatch.getTargetType() != null -> "deve ser " + describe(mismatch.getTargetType());
                default -> "deve ser " + describe(wanted);
            };
        }

        /// Where it is wrong, to be written after the path of what was read.
        static String below(DatabindException e) {
            var path = path(e);
            return path.isEmpty() || path.startsWith("[") ? path : "." + path;
        }

        private static Problem malformed(String detail) {
            return new Problem(HttpStatus.BAD_REQUEST, "INVALID", detail, List.of());
        }

        private static String path(DatabindException e) {
            var path = new StringBuilder();
            for (var step : e.getPath()) {
                if (step.getPropertyName() == null) {
                    path.append('[').append(step.getIndex()).append(']');
                } else {
                    path.append(path.isEmpty() ? "" : ".").append(step.getPropertyName());
                }
            }
            return path.toString();
        }
    }
}
