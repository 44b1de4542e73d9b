package mutirao.integracao.command;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import mutirao.integracao.api.EventoPublico;
import mutirao.messaging.Message;
import mutirao.messaging.NotConfirmed;
import mutirao.messaging.Producer;
import mutirao.messaging.Publishes;
import mutirao.platform.eventstore.EventMeta;
import mutirao.platform.eventstore.RecordedEvent;
import mutirao.platform.stream.NotNow;
import mutirao.platform.stream.Subscriber;
import org.jspecify.annotations.Nullable;

/// Tells other systems what has happened. The event store is its outbox: the position moves on only after the
/// broker has confirmed, so nothing is lost whoever dies, and what is told twice has the same id. It begins with
/// the first event there is.
final class Publicacao implements Subscriber {
    /// So many are sent before the confirmation of the first is waited for.
    private static final int WAVE = 200;

    private final Traducoes translations;
    private final Producer producer;
    private final String source;

    Publicacao(Traducoes translations, Producer producer, String source) {
        this.translations = translations;
        this.producer = producer;
        this.source = source;
    }

    @Override
    public String name() {
        return "reacao:integracao";
    }

    @Override
    public Set<String> contexts() {
        return Set.of();
    }

    @Override
    public Collection<String> sequencesOf(RecordedEvent event) {
        return List.of(event.meta().aggregateUuid().toString());
    }

    @Override
    public void handle(List<Delivery> deliveries) {
        Deque<Message<?>> waiting = new ArrayDeque<>();
        deliveries.forEach(delivery -> waiting.addAll(messages(delivery.event())));
        while (!waiting.isEmpty()) {
            nextWave(waiting).stream().map(this::send).toList().forEach(Publicacao::await);
        }
    }

    private CompletableFuture<Void> send(Message<?> message) {
        try {
            return producer.send(message);
        } catch (NotConfirmed e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    /// What nobody listens to is told to nobody.
    private static void await(CompletableFuture<Void> sent) {
        try {
            NotConfirmed.await(sent);
        } catch (NotConfirmed e) {
            if (!e.isNobody()) {
                throw new NotNow("the broker does not confirm", e);
            }
        }
    }

    /// The next messages of different keys. Of one key the next is sent only when the last is confirmed: where one
    /// fails and is sent again, the one behind it must not have gone before it.
    private static List<Message<?>> nextWave(Deque<Message<?>> waiting) {
        var wave = new ArrayList<Message<?>>();
        var later = new ArrayDeque<Message<?>>();
        var taken = new HashSet<String>();
        while (!waiting.isEmpty() && wave.size() < WAVE) {
            var next = waiting.remove();
            if (next.key() == null || taken.add(next.topic() + next.key())) {
                wave.add(next);
            } else {
                later.add(next);
            }
        }
        later.descendingIterator().forEachRemaining(waiting::addFirst);
        return wave;
    }

    private List<Message<?>> messages(RecordedEvent recorded) {
        var meta = recorded.meta();
        var told = new ArrayList<Message<?>>();
        translations
                .of(recorded.event())
                .map(event -> message(meta, meta.eventId(), key(event), event, event.version()))
                .ifPresent(told::add);
        var counted = new AnalyticsEvento(meta.aggregateType(), meta.type(), meta.aggregateUuid(), 1, meta.timestamp());
        told.add(message(meta, meta.eventId() + "-analytics", null, counted, 1));
        return told;
    }

    private static String key(EventoPublico event) {
        return event.id().toString();
    }

    private Message<?> message(EventMeta meta, String id, @Nullable String key, Object data, int version) {
        var contract = data.getClass().getAnnotation(Publishes.class);
        var extensions = new HashMap<>(Map.of(
                "organizationid", meta.organizationId().toString(),
                "aggregateversion", Long.toString(meta.version()),
                "dataschema", "urn:mutirao:" + contract.value() + ":" + version));
        return new Message<>(
                contract.topic(),
                id,
                contract.value(),
                key,
                data,
                meta.timestamp(),
                source,
                meta.correlationId(),
                extensions);
    }
}
