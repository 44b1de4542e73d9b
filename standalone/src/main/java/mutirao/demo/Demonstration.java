package mutirao.demo;

import java.time.Clock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.ApplicationListener;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.stereotype.Component;

/// Plays [Sarandi] when the event store is empty, which it never is again. An interrupted play is not played on: it
/// has left events.
///
/// On a thread of its own, since it is a client of the program like any other; whatever goes wrong, the program goes
/// on.
@Component
@ConditionalOnBooleanProperty(Demonstration.PROPERTY)
public class Demonstration implements ApplicationListener<ApplicationReadyEvent> {
    /// Switches it on or off.
    public static final String PROPERTY = "mutirao.demo";

    private static final Logger LOG = LoggerFactory.getLogger(Demonstration.class);

    private final Clock clock;

    Demonstration(Clock clock) {
        this.clock = clock;
    }

    @Override
    public void onApplicationEvent(ApplicationReadyEvent event) {
        var context = event.getApplicationContext();
        var port = context.getEnvironment().getProperty("local.server.port");
        if (port != null) {
            Thread.ofPlatform().daemon().name("demonstration").start(() -> show(context, port));
        }
    }

    /// On standard output, like the notice of where the program is: it is for people.
    private void show(ConfigurableApplicationContext context, String port) {
        var address = context.getEnvironment().getProperty("server.address", "127.0.0.1");
        var host = address.contains(":") ? "[" + address + "]" : address;
        var client = new Client("http://" + host + ":" + port);
        try {
            if (client.get("/api/auditoria?limit=1").get("items").isEmpty()) {
                System.out.println(new Sarandi(client, clock.instant()).play().report("http://localhost:" + port));
            }
        } catch (RuntimeException e) {
            LOG.debug("the demonstration ended early", e);
            if (context.isRunning()) {
                System.out.println("A demonstração parou no meio, o programa segue: " + e.getMessage());
            }
        }
    }
}
