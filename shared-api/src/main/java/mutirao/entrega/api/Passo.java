package mutirao.entrega.api;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// The steps of a delivery's saga, in order.
public enum Passo {
    RESERVAR,
    COMPROMETER,
    ATRIBUIR,
    NOTIFICAR,
    ACEITAR,
    CONFIRMAR,
    RASTREAR,
    BAIXAR,
    ATENDER;

    /// How far a step has come.
    public enum Estado {
        PENDING,
        RUNNING,
        DONE,
        COMPENSATED,
        FAILED
    }

    /// How far one has come.
    ///
    /// @param at when its state last changed; null while it is pending
    public record Etapa(Passo step, Estado state, @Nullable Instant at) {}
}
