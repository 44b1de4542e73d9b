package mutirao.entrega.command;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/// How long things may take.
///
/// @param aceite a volunteer's answer
/// @param prazo  an accepted delivery
@ConfigurationProperties("mutirao.entrega")
record EntregaPrazos(
        @DefaultValue("PT15M") Duration aceite,
        @DefaultValue("PT24H") Duration prazo) {
    /// A delivery's hold outlasts the volunteer's time to answer by so much, so that an answer in the last second is
    /// still confirmed.
    static final Duration FOLGA = Duration.ofMinutes(1);

    Duration reserva() {
        return aceite.plus(FOLGA);
    }
}
