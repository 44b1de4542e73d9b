package mutirao.integracao.command;

import java.time.Instant;
import java.util.UUID;
import mutirao.messaging.Publishes;

/// That something happened, whatever it was: one for each domain event, for whoever counts.
///
/// @param category  the context
/// @param action    the event's stored name
/// @param label     the aggregate
/// @param value     1
/// @param timestamp when it was recorded
@Publishes(value = AnalyticsEvento.NAME, topic = AnalyticsEvento.TOPIC)
record AnalyticsEvento(String category, String action, UUID label, double value, Instant timestamp) {
    static final String NAME = "analytics.evento-registrado";
    static final String TOPIC = "mutirao.analytics";
}
