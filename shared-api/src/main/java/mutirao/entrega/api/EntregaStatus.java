package mutirao.entrega.api;

import java.util.Arrays;
import java.util.List;

/// Where a delivery stands.
public enum EntregaStatus {
    SOLICITADA,
    ATRIBUIDA,
    ACEITA,
    INICIADA,
    EM_ROTA,
    CONCLUIDA,
    FALHOU,
    CANCELADA;

    /// Those of a delivery that its volunteer has accepted and that has not ended: who carries one needs its places.
    public static List<EntregaStatus> assumidas() {
        return Arrays.stream(values())
                .filter(status -> !status.aguardaAceite() && !status.encerrada())
                .toList();
    }

    /// Whether nothing more can happen to it.
    public boolean encerrada() {
        return this == CONCLUIDA || this == FALHOU || this == CANCELADA;
    }

    /// Whether the volunteer has not answered yet.
    public boolean aguardaAceite() {
        return this == SOLICITADA || this == ATRIBUIDA;
    }

    /// Whether the goods are with the volunteer.
    public boolean cargaComVoluntario() {
        return this == INICIADA || this == EM_ROTA;
    }

    /// The status after an event: the one fold that the aggregate and the read models share.
    public EntregaStatus apos(EntregaEvent event) {
        return switch (event) {
            case EntregaEvent.EntregaSolicitada _ -> SOLICITADA;
            case EntregaEvent.AssignmentCriado _ -> ATRIBUIDA;
            case EntregaEvent.EntregaAceita _ -> ACEITA;
            case EntregaEvent.EntregaIniciada _ -> INICIADA;
            case EntregaEvent.EntregaEmRota _ -> EM_ROTA;
            case EntregaEvent.EntregaConcluida _ -> CONCLUIDA;
            case EntregaEvent.EntregaFalhou _ -> FALHOU;
            case EntregaEvent.EntregaRecusada _, EntregaEvent.EntregaCancelada _ -> CANCELADA;
            case EntregaEvent.VoluntarioNotificado _,
                    EntregaEvent.CodigoRecusado _,
                    EntregaEvent.CodigoBloqueado _,
                    EntregaEvent.CodigoRenovado _ -> this;
        };
    }
}
