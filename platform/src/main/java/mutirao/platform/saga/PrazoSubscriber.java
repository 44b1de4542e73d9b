package mutirao.platform.saga;

import java.util.Collection;
import java.util.List;
import java.util.Set;
import mutirao.platform.eventstore.RecordedEvent;
import mutirao.platform.stream.Subscriber;

/// Runs the deadlines of a context: stores each due command as a job of its aggregate.
final class PrazoSubscriber implements Subscriber {
    private final Prazo prazo;
    private final CommandJobs jobs;

    PrazoSubscriber(Prazo prazo, CommandJobs jobs) {
        this.prazo = prazo;
        this.jobs = jobs;
    }

    @Override
    public String name() {
        return "prazo:" + prazo.name();
    }

    @Override
    public Set<String> contexts() {
        return prazo.contexts();
    }

    @Override
    public Collection<String> sequencesOf(RecordedEvent event) {
        return prazo.on(event.event(), event.meta()).isEmpty()
                ? List.of()
                : List.of(event.meta().aggregateUuid().toString());
    }

    @Override
    public void handle(List<Delivery> deliveries) {
        for (var delivery : deliveries) {
            var event = delivery.event();
            jobs.store(name(), delivery.sequence(), prazo.on(event.event(), event.meta()), event.meta());
        }
    }
}
