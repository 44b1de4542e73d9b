package mutirao.messaging.internal.worker;

import java.io.IOException;
import java.util.concurrent.CountDownLatch;
import mutirao.messaging.Consumer;
import mutirao.messaging.Message;
import mutirao.messaging.OnEvent;
import mutirao.messaging.Producer;
import mutirao.messaging.Retry;
import mutirao.messaging.internal.MessagingAutoConfiguration;
import mutirao.messaging.internal.Settings;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.ApplicationRunner;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.autoconfigure.context.PropertyPlaceholderAutoConfiguration;
import org.springframework.boot.tomcat.autoconfigure.servlet.TomcatServletWebServerAutoConfiguration;
import org.springframework.boot.webmvc.autoconfigure.DispatcherServletAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.core.env.Environment;

/// An application with a web server and handlers, which publishes to itself when it has started.
@SpringBootConfiguration
@ImportAutoConfiguration({
    MessagingAutoConfiguration.class,
    PropertyPlaceholderAutoConfiguration.class,
    TomcatServletWebServerAutoConfiguration.class,
    DispatcherServletAutoConfiguration.class
})
@Import({WorkerApplication.Pedidos.class, WorkerApplication.Estoque.class, WorkerApplication.SobDemanda.class})
public class WorkerApplication {
    /// What the runner waits for before the application is ready.
    private final CountDownLatch handled;

    WorkerApplication(@Value("${aguarda:0}") int messages) {
        handled = new CountDownLatch(messages);
    }

    /// @param args a worker's, or properties
    public static void main(String[] args) {
        SpringApplication.run(WorkerApplication.class, args);
    }

    @Bean
    ApplicationRunner publishing(Producer producer, Settings settings, Environment environment) {
        return _ -> {
            System.out.printf(
                    "PRONTO %s prefetch=%d group=%s%n",
                    environment.getProperty("local.server.port") == null ? "sem porta" : "com porta",
                    settings.prefetch(),
                    environment.getProperty("group"));
            for (var topic : new String[] {"pedidos", "estoque", "sob-demanda"}) {
                producer.publish(topic, "coisa.feita", "chave", "1");
                producer.publish(topic, "coisa.feita", "chave", "2");
            }
            if (environment.getProperty("falha", "").equals("inicio")) {
                throw new IllegalStateException("falha pedida");
            }
            handled.await();
            System.out.println("PUBLICADO");
        };
    }

    private void done(String what) {
        System.out.println(what);
        handled.countDown();
    }

    @Consumer(group = "a", topics = "pedidos")
    static class Pedidos {
        private final WorkerApplication application;
        private final boolean waits;

        Pedidos(WorkerApplication application, @Value("${espera:false}") boolean waits) {
            this.application = application;
            this.waits = waits;
        }

        @OnEvent
        void on(Message<String> message) throws IOException {
            System.out.println("COMECA pedidos " + message.data());
            if (waits && System.in.read() < 0) {
                throw new IOException("quem espera não responde");
            }
            application.done("TERMINA pedidos " + message.data());
        }
    }

    @Consumer(group = "a", topics = "estoque")
    @Retry(times = 0)
    static class Estoque {
        private final WorkerApplication application;

        Estoque(WorkerApplication application) {
            this.application = application;
        }

        @OnEvent
        void on(Message<String> message) {
            application.done("FEITO estoque " + message.data());
        }
    }

    @Consumer(group = "b", topics = "sob-demanda", autoStart = false)
    static class SobDemanda {
        private final WorkerApplication application;

        SobDemanda(WorkerApplication application) {
            this.application = application;
        }

        @OnEvent
        void on(Message<String> message) {
            application.done("FEITO sob-demanda " + message.data());
        }
    }
}
