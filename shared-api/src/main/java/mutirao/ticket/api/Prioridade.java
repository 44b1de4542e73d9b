package mutirao.ticket.api;

/// How soon a ticket must be solved, least first; the time for each is a setting.
public enum Prioridade {
    BAIXA,
    MEDIA,
    ALTA,
    CRITICA
}
