package mutirao.platform.start;

import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.Optional;
import javax.sql.DataSource;
import mutirao.platform.side.Side;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.actuate.info.Info;
import org.springframework.boot.actuate.info.InfoContributor;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.ApplicationListener;
import org.springframework.core.env.Environment;
import org.springframework.stereotype.Component;

/// Says what this process is, in one line of the log when it is ready, and at `/actuator/info` from then on.
@Component
class ThisProcess implements ApplicationListener<ApplicationReadyEvent>, InfoContributor {
    private static final Logger log = LoggerFactory.getLogger(ThisProcess.class);

    private final Environment environment;
    private final DataSource data;
    private volatile String database = "unknown";

    ThisProcess(Environment environment, DataSource data) {
        this.environment = environment;
        this.data = data;
    }

    @Override
    public void onApplicationEvent(ApplicationReadyEvent event) {
        database = database();
        log.info(
                "{} is ready: side {}, version {}, {}, {}",
                environment.getProperty("mutirao.process"),
                side(),
                version(),
                database,
                Optional.ofNullable(environment.getProperty("local.server.port"))
                        .map(port -> "port " + port)
                        .orElse("no web"));
    }

    @Override
    public void contribute(Info.Builder builder) {
        var what = new LinkedHashMap<String, Object>();
        what.put("process", environment.getProperty("mutirao.process"));
        what.put("side", side());
        what.put("version", version());
        what.put("java", Runtime.version().toString());
        what.put("database", database);
        builder.withDetail("mutirao", what);
    }

    private String side() {
        return environment.getProperty(Side.PROPERTY, "both");
    }

    private String version() {
        return environment.getProperty("spring.application.version", "unknown");
    }

    /// Without the parameters of its address, which may hold a password.
    private String database() {
        try (var connection = data.getConnection()) {
            var about = connection.getMetaData();
            var address = about.getURL().replaceFirst("\\?.*", "").replaceFirst("^jdbc:\\w+://", "");
            return "%s %s at %s".formatted(about.getDatabaseProductName(), about.getDatabaseProductVersion(), address);
        } catch (SQLException e) {
            log.debug("the database went away while the program started", e);
            return "unknown";
        }
    }
}
