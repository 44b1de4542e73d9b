package mutirao.ticket.api;

import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.util.UUID;
import mutirao.ticket.api.TicketCommand.CriarTicket;
import org.jspecify.annotations.Nullable;

/// A ticket as it comes from outside, over REST or from another system: here so that both are held to the same
/// constraints.
///
/// @param id the client's choice; null to leave it to the server
public record NovoTicket(
        @Nullable UUID id,
        @NotBlank @Size(max = 200) String title,
        @NotBlank @Size(max = 5000) String description,
        @NotBlank @Size(max = 60) String category,
        @NotNull Prioridade priority,
        @Nullable @Valid Relacionado related) {
    /// The wish to open it, once it has been found valid.
    public CriarTicket command(TicketId id, UUID creatorId) {
        return new CriarTicket(id, title, description, category, priority, creatorId, related);
    }
}
