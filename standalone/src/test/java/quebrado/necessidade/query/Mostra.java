package quebrado.necessidade.query;

import java.util.List;
import java.util.Set;
import mutirao.api.DomainEvent;
import mutirao.platform.eventstore.EventMeta;
import mutirao.platform.saga.Order;
import mutirao.platform.saga.Prazo;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import quebrado.necessidade.command.Decide;

public class Mostra implements Prazo {
    static final Logger LOG = LoggerFactory.getLogger(Mostra.class);
    Decide decide;

    @Override
    public String name() {
        return "impuro";
    }

    @Override
    public Set<String> contexts() {
        return Set.of();
    }

    @Override
    public List<Order> on(DomainEvent event, EventMeta meta) {
        LOG.info("{}", event);
        return List.of();
    }
}
