package mutirao.platform.eventstore;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import mutirao.api.Actors;
import mutirao.api.AggregateId;
import mutirao.api.DomainEvent;
import mutirao.api.Titular;

/// An event in which every component says something, the optional ones too, as it could have happened.
public final class Exemplo {
    private static final Instant AT = Instant.parse("2026-05-04T13:20:05.123456Z");
    private static final Map<String, Object> PLAUSIBLE = Map.ofEntries(
            Map.entry("attempts", 2),
            Map.entry("category", "ACESSO"),
            Map.entry("confirmationCode", "042137"),
            Map.entry("counter", 3),
            Map.entry("description", "O port\u00e3o do galp\u00e3o est\u00e1 trancado.\nNingu\u00e9m atende."),
            Map.entry("email", "ana@example.org"),
            Map.entry("goodsReturned", true),
            Map.entry("item", "\u00c1gua pot\u00e1vel"),
            Map.entry("latitude", -30.034647),
            Map.entry("longitude", -51.217658),
            Map.entry("metadata", Map.of("contato", "portaria", "observa\u00e7\u00e3o", "levar at\u00e9 as 18h")),
            Map.entry("name", "Gin\u00e1sio Municipal"),
            Map.entry("phone", "+5551999990000"),
            Map.entry("quantity", 24L),
            Map.entry("reason", "QUANTIDADE_INDISPONIVEL"),
            Map.entry("resolution", "A chave est\u00e1 na portaria."),
            Map.entry("text", "Algu\u00e9m j\u00e1 tem a chave?"),
            Map.entry("title", "Galp\u00e3o trancado"),
            Map.entry("unit", "gal\u00e3o"));

    private Exemplo() {}

    /// An event of that class, always the same.
    public static DomainEvent of(Class<? extends DomainEvent> event) {
        return (DomainEvent) record(event);
    }

    /// What could be known of an event, which is the first of its aggregate.
    public static EventMeta meta(DomainEvent event) {
        return new EventMeta(
                1,
                "00000000-0000-4000-8000-000000000001",
                EventTypes.nameOf(event.getClass()).orElseThrow(),
                "1",
                event.id().context(),
                event.id().stored(),
                0,
                AT,
                uuid("userId"),
                Actors.ORGANIZATION,
                "00000000-0000-4000-8000-000000000002",
                "00000000-0000-4000-8000-000000000003",
                "rest");
    }

    /// An event as if it had been read from the store.
    public static RecordedEvent recorded(DomainEvent event, long position) {
        var meta = meta(event);
        var at = new EventMeta(
                position,
                "00000000-0000-4000-8000-" + "%012d".formatted(position),
                meta.type(),
                meta.revision(),
                meta.aggregateType(),
                meta.aggregateId(),
                meta.version(),
                meta.timestamp(),
                meta.userId(),
                meta.organizationId(),
                meta.correlationId(),
                meta.causationId(),
                meta.source());
        return new RecordedEvent(at, () -> "{}", () -> event);
    }

    private static Object record(Class<?> type) {
        return create(
                type,
                Arrays.stream(type.getRecordComponents())
                        .map(component -> value(component.getName(), component.getGenericType()))
                        .toArray());
    }

    private static Object id(Class<?> type) {
        return create(type, uuid(type.getSimpleName()));
    }

    private static UUID uuid(String name) {
        return UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8));
    }

    private static Object create(Class<?> type, Object... components) {
        try {
            var constructor = type.getDeclaredConstructor(Arrays.stream(type.getRecordComponents())
                    .map(RecordComponent::getType)
                    .toArray(Class<?>[]::new));
            constructor.setAccessible(true);
            return constructor.newInstance(components);
        } catch (NoSuchMethodException
                | InstantiationException
                | IllegalAccessException
                | InvocationTargetException e) {
            throw new IllegalStateException("no example of " + type, e);
        }
    }

    private static Object value(String name, Type type) {
        var raw = type instanceof ParameterizedType generic ? (Class<?>) generic.getRawType() : (Class<?>) type;
        if (raw == Instant.class) {
            return AT;
        }
        if (raw == UUID.class) {
            return uuid(name);
        }
        if (raw.isEnum()) {
            return raw.getEnumConstants()[raw.getEnumConstants().length - 1];
        }
        if (AggregateId.class.isAssignableFrom(raw)) {
            return id(raw);
        }
        if (raw == Titular.class) {
            return new Titular(uuid("EntregaId")); // as the golden files have it
        }
        if (raw.isRecord()) {
            return record(raw);
        }
        if (raw == List.class) {
            return List.of(value(name, ((ParameterizedType) type).getActualTypeArguments()[0]));
        }
        if (!PLAUSIBLE.containsKey(name)) {
            throw new IllegalStateException("Exemplo does not know what a plausible " + name + " is");
        }
        return PLAUSIBLE.get(name);
    }
}
