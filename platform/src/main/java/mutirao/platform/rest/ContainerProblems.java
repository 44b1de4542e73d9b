package mutirao.platform.rest;

import java.io.IOException;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.core.StandardHost;
import org.apache.catalina.valves.ErrorReportValve;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.tomcat.ConfigurableTomcatWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;

/// What the container refuses by itself, before there is a request that a filter could see (a bad request line, two
/// lengths, headers that are too large), as a problem like all others. Tomcat would send a page.
@Configuration(proxyBeanMethods = false)
class ContainerProblems {
    private static final Logger LOG = LoggerFactory.getLogger(ContainerProblems.class);

    /// The last to see to the host: Spring Boot adds a valve too, and the innermost is the one that answers.
    @Bean
    @Order(Ordered.LOWEST_PRECEDENCE)
    WebServerFactoryCustomizer<ConfigurableTomcatWebServerFactory> containerAnswersProblems(Problems problems) {
        return factory -> factory.addContextCustomizers(context -> {
            var host = (StandardHost) context.getParent();
            host.setErrorReportValveClass(Valve.class.getName());
            host.getPipeline().addValve(new Valve(problems));
        });
    }

    private static final class Valve extends ErrorReportValve {
        private final Problems problems;

        Valve(Problems problems) {
            this.problems = problems;
        }

        @Override
        protected void report(Request request, Response response, @Nullable Throwable fault) {
            if (response.getStatus() < 400 || response.getContentWritten() > 0 || !response.setErrorReported()) {
                return;
            }
            try {
                var status = Fallen.status(response.getStatus());
                problems.write(request, response, status, Fallen.code(status));
                response.finishResponse();
            } catch (IOException | IllegalStateException e) {
                LOG.debug("a refusal could not be sent: {}", e.toString());
            }
        }
    }
}
