package mutirao.messaging.internal.asyncapi;

import java.util.Optional;
import mutirao.messaging.Broker;
import mutirao.messaging.internal.Handlers;
import mutirao.messaging.internal.Settings;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.context.annotation.Bean;
import org.springframework.core.env.Environment;
import org.springframework.http.MediaType;
import org.springframework.web.servlet.DispatcherServlet;
import org.springframework.web.servlet.function.HandlerFunction;
import org.springframework.web.servlet.function.RouterFunction;
import org.springframework.web.servlet.function.RouterFunctions;
import org.springframework.web.servlet.function.ServerResponse;

/// Makes the document, and shows it where the application is a web application.
public class AsyncApiConfiguration {
    @Bean
    AsyncApiDocument asyncApiDocument(
            Broker broker,
            Handlers handlers,
            Settings settings,
            Environment environment,
            ConfigurableListableBeanFactory beans) {
        var name = environment.getProperty("spring.application.name", "application");
        var version = environment.getProperty("spring.application.version", "unversioned");
        var topic = Optional.ofNullable(settings.topic()).orElse(name);
        var writer = new AsyncApi(name, version, broker, settings.format() == Settings.Format.PLAIN);
        return new AsyncApiDocument(() -> writer.document(new Sends(beans, environment, topic).all(), handlers.all()));
    }

    /// The latter. No `@Configuration` nor `@Controller`, so that an application that scans this package does not
    /// find them by itself.
    @ConditionalOnClass(DispatcherServlet.class)
    @ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
    @ConditionalOnBooleanProperty(name = "mutirao.messaging.asyncapi", matchIfMissing = true)
    public static class OnTheWeb {
        @Bean
        RouterFunction<ServerResponse> asyncApiRoutes(AsyncApiDocument document) {
            HandlerFunction<ServerResponse> show = _ ->
                    ServerResponse.ok().contentType(MediaType.APPLICATION_JSON).body(document.json());
            return RouterFunctions.route()
                    .GET("/asyncapi", show)
                    .GET("/asyncapi.json", show)
                    .build();
        }
    }
}
