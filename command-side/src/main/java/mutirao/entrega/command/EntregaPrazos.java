package mutirao.entrega.command;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;

/// How long things may take.
///
/// @param aceite a volunteer's answer
/// @param prazo  an accepted delivery
@ConfigurationProperties("mutirao.entrega")
record EntregaPrazos(Duration aceite, Duration prazo) {
    /// A delivery's hold outlasts the volunteer's time to answer by so much, so that an answer in the last second is
    /// still confirmed.
    static final Duration FOLGA = Duration.ofMinutes(1);

    Duration reserva() {
        return aceite.plus(FOLGA);
    }
}
