package mutirao.necessidade.api;

/// How badly something is needed, least first.
public enum Urgencia {
    BAIXA,
    MEDIA,
    ALTA,
    CRITICA
}
