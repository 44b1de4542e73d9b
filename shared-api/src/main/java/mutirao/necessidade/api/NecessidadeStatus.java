package mutirao.necessidade.api;

import java.util.List;

/// Where a need stands. The first three follow from its lines, the others end it.
public enum NecessidadeStatus {
    ABERTA,
    EM_ATENDIMENTO,
    ATENDIDA,
    CANCELADA,
    EXPIRADA;

    /// Whether nothing more can be committed to it.
    public boolean encerrada() {
        return this == ATENDIDA || this == CANCELADA || this == EXPIRADA;
    }

    /// The status after its lines changed; cancelled and expired stay so.
    public NecessidadeStatus apos(List<LinhaNecessidade> lines) {
        if (this == CANCELADA || this == EXPIRADA) {
            return this;
        }
        if (lines.stream().allMatch(line -> line.delivered() == line.requested())) {
            return ATENDIDA;
        }
        return lines.stream().allMatch(line -> line.engaged() == 0) ? ABERTA : EM_ATENDIMENTO;
    }
}
