package mutirao.platform.rest;

import java.util.ArrayList;
import java.util.List;
import mutirao.platform.rest.Problem.FieldError;
import org.springframework.core.MethodParameter;
import org.springframework.web.bind.MethodArgumentNotValidException;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.context.request.NativeWebRequest;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.method.annotation.MethodArgumentTypeMismatchException;
import org.springframework.web.method.support.HandlerMethodArgumentResolverComposite;
import org.springframework.web.method.support.ModelAndViewContainer;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerAdapter;
import org.springframework.web.servlet.mvc.method.annotation.ServletRequestDataBinderFactory;

/// All that is wrong with the parameters of a call that was refused: Spring stops at the first that it cannot read.
final class ParameterFindings {
    private ParameterFindings() {}

    /// What is wrong, in the order of the method's parameters.
    ///
    /// @param adapter reads them
    static List<FieldError> of(HandlerMethod method, NativeWebRequest request, RequestMappingHandlerAdapter adapter) {
        var resolvers = new HandlerMethodArgumentResolverComposite().addResolvers(adapter.getArgumentResolvers());
        var binders = new ServletRequestDataBinderFactory(List.of(), adapter.getWebBindingInitializer());
        var errors = new ArrayList<FieldError>();
        for (var parameter : method.getMethodParameters()) {
            if (!isRead(parameter)) {
                continue;
            }
            try {
                resolvers.resolveArgument(parameter, new ModelAndViewContainer(), request, binders);
            } catch (MethodArgumentTypeMismatchException e) {
                errors.add(new FieldError(e.getName(), Problems.mismatch(e, e.getRequiredType())));
            } catch (MethodArgumentNotValidException e) {
                errors.addAll(Problems.fields(e.getBindingResult()));
            } catch (Problem e) {
                errors.addAll(e.errors());
            } catch (Exception e) {
                throw new IllegalStateException("parameter " + parameter.getParameterName(), e);
            }
        }
        return errors;
    }

    /// Not the body, which has been read, nor what is no part of the request.
    private static boolean isRead(MethodParameter parameter) {
        return parameter.hasParameterAnnotation(RequestParam.class)
                || parameter.hasParameterAnnotation(PathVariable.class)
                || parameter.hasParameterAnnotation(ModelAttribute.class)
                || PageResolver.reads(parameter)
                || NearResolver.reads(parameter);
    }
}
