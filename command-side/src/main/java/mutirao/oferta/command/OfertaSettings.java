package mutirao.oferta.command;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/// What holds on an offer may be.
///
/// @param reserva               how long one lasts, unless it is confirmed
/// @param reservasPorVoluntario how many one volunteer may have on one offer at a time, confirmed or not
@ConfigurationProperties("mutirao.oferta")
record OfertaSettings(
        @DefaultValue("PT15M") Duration reserva,
        @DefaultValue("100") int reservasPorVoluntario) {}
