package mutirao.ticket.api;

/// Where a ticket stands.
public enum TicketStatus {
    ABERTO,
    EM_PROGRESSO,
    FECHADO
}
