package mutirao.platform.rest;

import jakarta.validation.Validator;
import org.springframework.beans.factory.support.StaticListableBeanFactory;
import org.springframework.context.support.ResourceBundleMessageSource;
import org.springframework.http.ProblemDetail;
import org.springframework.http.converter.json.ProblemDetailJacksonMixin;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerAdapter;
import tools.jackson.databind.json.JsonMapper;

/// The program's problems for tests of other packages.
public final class Problemas {
    private static final StaticListableBeanFactory NOTHING = new StaticListableBeanFactory();

    private Problemas() {}

    /// With the program's texts.
    public static Problems novos() {
        var texts = new ResourceBundleMessageSource();
        texts.setBasename("messages");
        texts.setDefaultEncoding("UTF-8");
        return new Problems(
                texts,
                JsonMapper.builder()
                        .addMixIn(ProblemDetail.class, ProblemDetailJacksonMixin.class)
                        .build(),
                NOTHING.getBeanProvider(Validator.class),
                NOTHING.getBeanProvider(RequestMappingHandlerAdapter.class));
    }
}
