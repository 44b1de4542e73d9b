package mutirao.ticket.command;

import mutirao.api.Rule;

/// The rules of a ticket; each is the error code of the API and its text in `textos`.
enum TicketRule implements Rule {
    RELACIONADO_DESCONHECIDO,
    TECNICO_DESCONHECIDO,
    TICKET_FECHADO,
    TICKET_NAO_FECHADO,
    TICKET_NAO_ATRIBUIDO,
    JA_ATRIBUIDO,
    PRIORIDADE_IGUAL
}
