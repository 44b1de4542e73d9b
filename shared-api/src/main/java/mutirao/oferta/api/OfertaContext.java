package mutirao.oferta.api;

import java.util.List;
import java.util.Map;
import mutirao.api.Context;
import mutirao.api.DomainEvent;
import mutirao.api.Upcast;

/// The vocabulary of offers.
public final class OfertaContext implements Context {
    static final String NAME = "oferta";

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Class<?> commands() {
        return OfertaCommand.class;
    }

    @Override
    public Class<? extends DomainEvent> events() {
        return OfertaEvent.class;
    }

    @Override
    public List<Upcast> upcasts() {
        return List.of(new Upcast("oferta.OfertaExpirada", 1, OfertaContext::comMotivo));
    }

    /// Before it said so, an offer ended by itself for one reason only.
    private static Map<String, Object> comMotivo(Map<String, Object> expirada) {
        expirada.put("reason", "PRAZO_DA_OFERTA_VENCIDO");
        return expirada;
    }
}
