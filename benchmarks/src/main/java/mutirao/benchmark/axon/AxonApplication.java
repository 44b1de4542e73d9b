package mutirao.benchmark.axon;

import java.time.Duration;
import mutirao.benchmark.jpa.NecessidadeRow;
import mutirao.platform.eventstore.AxonJson;
import org.hibernate.cfg.MappingSettings;
import org.hibernate.type.format.jackson.Jackson3JsonFormatMapper;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.hibernate.autoconfigure.HibernatePropertiesCustomizer;
import org.springframework.boot.persistence.autoconfigure.EntityScan;
import org.springframework.context.annotation.Bean;

/// Runs Axon's own event processors over the program's event store for a while each, and prints a line `RATE
/// projection variant events-per-second events` for each.
///
/// Arguments: `--bench.projections=a,b`, `--bench.variants=` out of `tracking-N` (one thread) and `pooled-N` (two
/// segments), N being the batch, `--bench.seconds` and `--bench.warmup`.
@SpringBootApplication(proxyBeanMethods = false)
@EntityScan(basePackageClasses = NecessidadeRow.class)
public class AxonApplication {
    /// Ends when all have been run.
    public static void main(String[] args) throws InterruptedException {
        try (var context = new SpringApplicationBuilder(AxonApplication.class)
                .web(WebApplicationType.NONE)
                .run(args)) {
            var asked = context.getEnvironment();
            var processors = new Processors(context);
            var warmup = Duration.ofSeconds(asked.getRequiredProperty("bench.warmup", Long.class));
            var time = Duration.ofSeconds(asked.getRequiredProperty("bench.seconds", Long.class));
            for (var projection : asked.getRequiredProperty("bench.projections", String[].class)) {
                for (var variant : asked.getRequiredProperty("bench.variants", String[].class)) {
                    processors.run(projection, variant, warmup);
                    processors.run(projection, variant, time);
                }
            }
        }
        System.exit(0); // Axon's store leaves a thread behind
    }

    /// A need's line shows what is pending and does not read it.
    @Bean
    HibernatePropertiesCustomizer json() {
        return settings ->
                settings.put(MappingSettings.JSON_FORMAT_MAPPER, new Jackson3JsonFormatMapper(AxonJson.mapper()));
    }
}
