package mutirao.ticket.command;

import java.util.UUID;
import mutirao.ticket.api.Relacionado;

/// What a ticket can be about: the things of an organization. Another organization's are as good as not there.
@FunctionalInterface
interface Assuntos {
    /// Whether there is such a thing in that organization.
    boolean existe(Relacionado about, UUID organization);
}
