package mutirao.ticket.api;

import jakarta.validation.constraints.NotNull;
import java.util.Locale;
import java.util.UUID;

/// What a ticket is about.
public record Relacionado(@NotNull Tipo type, @NotNull UUID id) {
    /// The identifier in the event store.
    public String stored() {
        return type.name().toLowerCase(Locale.ROOT) + "-" + id;
    }

    /// The kinds of things a ticket can be about.
    public enum Tipo {
        NECESSIDADE,
        OFERTA,
        ENTREGA,
        PEDIDO
    }
}
