package mutirao.entrega.api;

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
}
