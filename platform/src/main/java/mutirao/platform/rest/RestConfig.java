package mutirao.platform.rest;

import jakarta.validation.Validator;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.regex.Pattern;
import mutirao.platform.eventstore.EventLog;
import mutirao.platform.eventstore.Position;
import mutirao.platform.side.Side;
import mutirao.platform.stream.Followers;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.jackson.autoconfigure.JsonMapperBuilderCustomizer;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.MessageSource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.format.FormatterRegistry;
import org.springframework.http.converter.HttpMessageConverter;
import org.springframework.http.converter.HttpMessageConverters;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.ViewControllerRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.JacksonModule;
import tools.jackson.databind.json.JsonMapper;

/// What is around every controller.
@Configuration(proxyBeanMethods = false)
class RestConfig {
    /// Before Spring Security's filter, which has -100, and after the limits', which see what comes of it.
    private static final int BEFORE_SECURITY = -105;

    /// Inside what measures, before limits and Spring Security.
    private static final int AROUND_ALL = -1000;

    private static final Pattern FOREIGN = Pattern.compile("yaml|xml|cbor|smile");

    @Bean
    MessageSource messageSource() throws IOException {
        return ProblemTexts.all();
    }

    @Bean
    JacksonModule texts() {
        return new Texts();
    }

    @Bean
    JsonMapperBuilderCustomizer noFieldTwice() {
        return json -> json.enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION);
    }

    @Bean
    Traffic traffic() {
        return new Traffic();
    }

    @Bean
    FilterRegistrationBean<AwayFilter> awayFilter(Problems problems) {
        var registration = new FilterRegistrationBean<>(new AwayFilter(problems));
        registration.setOrder(AROUND_ALL);
        return registration;
    }

    @Bean
    FilterRegistrationBean<RequestFilter> requestFilter(
            @Value("${" + Side.PROPERTY + ":both}") String side, Traffic traffic, Problems problems)
            throws IOException {
        return new FilterRegistrationBean<>(new RequestFilter(Side.of(side), Routes.generated(), traffic, problems));
    }

    @Bean
    FilterRegistrationBean<ParameterFilter> parameterFilter(Problems problems) {
        var registration = new FilterRegistrationBean<>(new ParameterFilter(problems));
        registration.setOrder(BEFORE_SECURITY);
        return registration;
    }

    @Bean
    WebMvcConfigurer api(Receipts receipts, Followers followers, EventLog log, JsonMapper json, Validator validator) {
        return new WebMvcConfigurer() {
            // JSON alone: YAML and the like, which libraries bring for purposes of their own, would be read by mappers
            // that know none of our rules.
            @Override
            public void configureMessageConverters(HttpMessageConverters.ServerBuilder converters) {
                converters.configureMessageConvertersList(all -> all.removeIf(RestConfig::isForeign));
            }

            @Override
            public void addFormatters(FormatterRegistry registry) {
                registry.addConverter(String.class, Instant.class, Texts::instant);
                registry.addConverter(String.class, Position.class, Position::of);
            }

            @Override
            public void addViewControllers(ViewControllerRegistry registry) {
                registry.addRedirectViewController("/", "/docs");
            }

            @Override
            public void addInterceptors(InterceptorRegistry registry) {
                registry.addInterceptor(new AccessInterceptor()).addPathPatterns("/api/**");
                registry.addInterceptor(receipts).addPathPatterns("/api/**");
                registry.addInterceptor(new MinPosition(followers, log)).addPathPatterns("/api/**");
            }

            @Override
            public void addArgumentResolvers(List<HandlerMethodArgumentResolver> resolvers) {
                resolvers.add(new SenderResolver());
                resolvers.add(new PageResolver());
                resolvers.add(new NearResolver());
                resolvers.add(new MergePatchResolver(json, validator));
            }
        };
    }

    private static boolean isForeign(HttpMessageConverter<?> converter) {
        return converter.getSupportedMediaTypes().stream()
                .anyMatch(type -> FOREIGN.matcher(type.getSubtype()).find());
    }
}
