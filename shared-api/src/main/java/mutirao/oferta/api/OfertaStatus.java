package mutirao.oferta.api;

import java.util.List;

/// Where an offer stands. The first two follow from its lines, the others end it.
public enum OfertaStatus {
    PUBLICADA,
    ESGOTADA,
    EXPIRADA,
    CANCELADA;

    /// Whether nothing more can be reserved of it; units released now are withdrawn.
    public boolean encerrada() {
        return this == EXPIRADA || this == CANCELADA;
    }

    /// The status after its lines changed; expired and cancelled stay so.
    public OfertaStatus apos(List<LinhaOferta> lines) {
        if (encerrada()) {
            return this;
        }
        return lines.stream().allMatch(line -> line.available() == 0) ? ESGOTADA : PUBLICADA;
    }
}
