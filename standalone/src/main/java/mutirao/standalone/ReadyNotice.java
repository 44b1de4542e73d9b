package mutirao.standalone;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.ApplicationListener;
import org.springframework.core.env.Environment;
import org.springframework.stereotype.Component;

/// Tells whoever started the program where it is and what to beware of. On standard output, not in the log: it is for
/// people.
@Component
class ReadyNotice implements ApplicationListener<ApplicationReadyEvent> {
    private final ObjectProvider<EmbeddedDatabase> database;

    ReadyNotice(ObjectProvider<EmbeddedDatabase> database) {
        this.database = database;
    }

    @Override
    public void onApplicationEvent(ApplicationReadyEvent event) {
        var environment = event.getApplicationContext().getEnvironment();
        var port = environment.getProperty("local.server.port");
        if (port == null) {
            return; // a test without a web server
        }
        var embedded = database.getIfAvailable();
        System.out.println(text(
                port,
                embedded == null
                        ? "the database of spring.datasource.url"
                        : embedded.home().path().toString(),
                login(environment)));
    }

    private static String login(Environment environment) {
        return environment.getProperty("mutirao.identity.server", "embedded").equalsIgnoreCase("none")
                ? "Tokens are those of " + environment.getProperty("mutirao.identity.issuer")
                        + ": paste one there under Authorize."
                : "Log in there as `admin`, with the password that the first start printed or MUTIRAO_ADMIN_PASSWORD.";
    }

    /// What is printed.
    static String text(String port, String data, String login) {
        return """

                Mutirão is ready: http://localhost:%s    API: http://localhost:%1$s/docs
                Data: %s
                %s
                """.formatted(port, data, login);
    }
}
