package mutirao.platform.saga;

import java.util.List;
import java.util.Set;
import mutirao.api.DomainEvent;
import mutirao.platform.eventstore.EventMeta;

/// The deadlines of one context: which command an event makes due, and when. A saga without a state.
public interface Prazo {
    /// Its name: `prazo:<name>` in the audit and among the dead letters.
    String name();

    /// The contexts whose events it follows.
    Set<String> contexts();

    /// What an event makes due. Pure.
    List<Order> on(DomainEvent event, EventMeta meta);
}
