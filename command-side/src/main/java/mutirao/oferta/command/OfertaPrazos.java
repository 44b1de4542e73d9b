package mutirao.oferta.command;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;

/// How long things last.
///
/// @param reserva a hold, unless it is confirmed
@ConfigurationProperties("mutirao.oferta")
record OfertaPrazos(Duration reserva) {}
