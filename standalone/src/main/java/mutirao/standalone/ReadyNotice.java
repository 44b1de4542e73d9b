package mutirao.standalone;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.ApplicationListener;
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
                        : embedded.home().path().toString()));
    }

    /// What is printed.
    static String text(String port, String data) {
        return """

                Mutirão is ready: http://localhost:%s    API: http://localhost:%1$s/docs
                Data: %s
                Log in there as `admin`, with the password that the first start printed or MUTIRAO_ADMIN_PASSWORD.
                """.formatted(port, data);
    }
}
