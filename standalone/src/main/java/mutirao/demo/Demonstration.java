package mutirao.demo;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.time.Clock;
import java.util.Base64;
import mutirao.identity.client.Clients;
import mutirao.platform.secret.SecretFile;
import mutirao.platform.start.DataDirectory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.ApplicationListener;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.Environment;
import org.springframework.stereotype.Component;

/// Plays [Sarandi] when nobody has ever asked for anything, which is never again. An interrupted play is not played on:
/// it has left a need.
///
/// On a thread of its own, since it is a client of the program like any other; whatever goes wrong, the program goes
/// on.
@Component
@ConditionalOnBooleanProperty(Demonstration.PROPERTY)
// Another issuer's tokens are nothing that it could get.
@ConditionalOnProperty(name = "mutirao.identity.server", havingValue = "embedded", matchIfMissing = true)
public class Demonstration implements ApplicationListener<ApplicationReadyEvent> {
    /// Switches it on or off.
    public static final String PROPERTY = "mutirao.demo";

    private static final Logger LOG = LoggerFactory.getLogger(Demonstration.class);

    private static final int SECRET_BYTES = 18;

    private final Clock clock;
    private final Clients clients;

    Demonstration(Clock clock, Clients clients) {
        this.clock = clock;
        this.clients = clients;
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
        var base = "http://localhost:" + port;
        try {
            var secret = secret(context.getEnvironment());
            DemoUsers.openAll(clients, secret);
            var client = new Client("http://" + host + ":" + port, secret);
            if (client.get(DemoUsers.ASSOCIACAO.id(), "/api/auditoria?aggregateType=necessidade&limit=1")
                    .get("items")
                    .isEmpty()) {
                System.out.println(new Sarandi(client, clock.instant()).play().report());
            }
            System.out.println(howToAsk(base, secret));
        } catch (RuntimeException e) {
            LOG.debug("the demonstration ended early", e);
            if (context.isRunning()) {
                System.out.println("A demonstração parou no meio, o programa segue: " + e.getMessage());
            }
        }
    }

    /// The same for every start on this data directory, so that what was printed once goes on working.
    private static String secret(Environment environment) {
        var dir = DataDirectory.of(environment);
        try {
            Files.createDirectories(dir);
            return Files.readString(SecretFile.orMake(
                            dir.resolve("demo.secret"),
                            SECRET_BYTES,
                            Base64.getUrlEncoder().withoutPadding()))
                    .strip();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Ready to be pasted. The secret is worth as much as this installation's made-up neighbourhood, and is kept where
    /// only whoever started the program can read it.
    private static String howToAsk(String base, String secret) {
        return """

                Para pedir você mesmo, como a associação de moradores (coordena, administra e opera):
                  TOKEN=$(curl -s -u %s:%s \\
                    -d grant_type=client_credentials %s/oauth2/token | sed 's/.*"access_token":"\\([^"]*\\)".*/\\1/')
                  curl -s -H "Authorization: Bearer $TOKEN" %3$s/api/necessidades
                """.formatted(DemoUsers.ASSOCIACAO.id(), secret, base);
    }
}
