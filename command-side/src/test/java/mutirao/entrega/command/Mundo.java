package mutirao.entrega.command;

import static java.util.Objects.requireNonNull;

import java.nio.ByteBuffer;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import mutirao.api.Actors;
import mutirao.api.AggregateId;
import mutirao.api.DomainCommand;
import mutirao.api.DomainEvent;
import mutirao.api.RuleViolation;
import mutirao.entrega.api.CodigoDeConfirmacao;
import mutirao.necessidade.command.NecessidadeFixtures;
import mutirao.oferta.command.OfertaFixtures;
import mutirao.platform.command.Sender;
import mutirao.platform.eventstore.AxonJson;
import mutirao.platform.eventstore.EventMeta;
import mutirao.platform.identity.Directory;
import mutirao.platform.identity.Role;
import mutirao.platform.saga.Order;
import mutirao.platform.saga.Prazo;
import mutirao.platform.test.Elenco;
import org.axonframework.commandhandling.CommandBus;
import org.axonframework.commandhandling.CommandResultMessage;
import org.axonframework.commandhandling.GenericCommandMessage;
import org.axonframework.config.DefaultConfigurer;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.eventhandling.TrackedEventMessage;
import org.axonframework.eventhandling.TrackingToken;
import org.axonframework.eventsourcing.eventstore.DomainEventStream;
import org.axonframework.eventsourcing.eventstore.EventStorageEngine;
import org.axonframework.modelling.command.AggregateNotFoundException;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/// The program in memory, as unreliable as the kernel allows: the real aggregates, saga and timers on a clock that the
/// test sets, a log that each follower reads at its own pace, and commands on their way that are sent late, in any
/// order, and sometimes twice.
final class Mundo {
    static final Instant INICIO = Instant.parse("2026-03-02T10:00:00Z");
    static final CodigoDeConfirmacao CODIGO = new CodigoDeConfirmacao(
            data -> ByteBuffer.allocate(8).putLong(Arrays.hashCode(data)).array());
    private static final Sender COORDENADORA =
            Elenco.pessoa(UUID.fromString("c0000000-0000-4000-8000-000000000000"), Role.COORDENADOR);
    private static final EntregaPrazos PRAZOS = new EntregaPrazos(Duration.ofMinutes(15), Duration.ofDays(1));

    /// An event in the global order.
    record Registrado(DomainEvent event, EventMeta meta) {}

    /// A command on its way.
    ///
    /// @param saga whom a refusal is told; null for a timer's
    record Trabalho(
            Instant due, DomainCommand command, @Nullable UUID saga) {}

    private final Armazem armazem = new Armazem();
    private final CommandBus bus;
    private final EntregaSaga saga = new EntregaSaga(PRAZOS);
    private final JsonMapper json = AxonJson.mapper();
    private final List<Prazo> prazos = List.of(OfertaFixtures.prazo(), NecessidadeFixtures.prazo());

    private SplittableRandom random = new SplittableRandom();
    private Instant agora = INICIO;
    private Map<UUID, String> sagas = new LinkedHashMap<>();
    private List<Trabalho> trabalhos = new ArrayList<>();
    private int daSaga;
    private int dosPrazos;
    private int desfeitos;
    private int repetidos;

    Mundo() {
        InstantSource now = () -> agora;
        System.setProperty("disable-axoniq-console-message", "true");
        var axon = DefaultConfigurer.defaultConfiguration(false);
        axon.configureEmbeddedEventStore(_ -> armazem)
                .configureAggregate(Entrega.class)
                .registerComponent(Clock.class, _ -> now.withZone(ZoneOffset.UTC))
                .registerComponent(EntregaPrazos.class, _ -> PRAZOS)
                .registerComponent(Directory.class, _ -> (_, _) -> Directory.Standing.UNKNOWN)
                .registerComponent(Registro.class, _ -> this::existe)
                .registerComponent(CodigoDeConfirmacao.class, _ -> CODIGO);
        OfertaFixtures.configure(axon, Duration.ofMinutes(15));
        NecessidadeFixtures.configure(axon);
        bus = axon.start().commandBus();
    }

    /// Begins anew.
    void comecar(SplittableRandom seeded) {
        random = seeded;
        agora = INICIO;
        armazem.log = new ArrayList<>();
        armazem.byAggregate = new HashMap<>();
        sagas = new LinkedHashMap<>();
        trabalhos = new ArrayList<>();
        daSaga = 0;
        dosPrazos = 0;
    }

    Instant agora() {
        return agora;
    }

    void passar(Duration time) {
        agora = agora.plus(time);
    }

    List<Registrado> log() {
        return armazem.log;
    }

    /// How many batches were rolled back, and how many commands were sent again, since the beginning of time.
    Map<String, Integer> acidentes() {
        return Map.of("lote desfeito", desfeitos, "comando repetido", repetidos);
    }

    private boolean existe(AggregateId id, UUID organization) {
        return armazem.byAggregate.containsKey(id.stored());
    }

    /// Sends a command and waits, as a coordinator does.
    ///
    /// @return the broken rule, or empty
    Optional<String> mandar(DomainCommand command) {
        return mandar(command, COORDENADORA);
    }

    /// Sends a command and waits, as that person or system does. Whoever sends it may.
    ///
    /// @return the broken rule, or empty
    Optional<String> mandar(DomainCommand command, Sender sender) {
        var answer = new AtomicReference<CommandResultMessage<?>>();
        bus.dispatch(new GenericCommandMessage<>(command, sender.metadata()), (_, result) -> answer.set(result));
        var result = requireNonNull(answer.get());
        if (!result.isExceptional()) {
            return Optional.empty();
        }
        return switch (result.exceptionResult()) {
            case RuleViolation broken -> Optional.of(broken.code());
            case AggregateNotFoundException _ -> Optional.of("NOT_FOUND");
            case Throwable other -> throw new AssertionError(command + " failed", other);
        };
    }

    /// Lets the saga read up to so many events. A crash before the commit leaves everything as it was: state, position
    /// and orders are one transaction.
    void lerSaga(int atMost, double crash) {
        var batch = armazem.log.subList(daSaga, Math.min(armazem.log.size(), daSaga + atMost));
        var changed = new LinkedHashMap<UUID, EmCurso>();
        var orders = new ArrayList<Trabalho>();
        for (var recorded : batch) {
            for (var id : saga.keysOf(recorded.event())) {
                var before = changed.containsKey(id) ? changed.get(id) : estado(sagas.get(id));
                var step = saga.on(before, recorded.event(), recorded.meta());
                changed.put(id, requireNonNull(step.state()));
                step.orders().forEach(order -> orders.add(trabalho(order, id)));
            }
        }
        if (!batch.isEmpty() && random.nextDouble() < crash) {
            desfeitos++;
            return;
        }
        daSaga += batch.size();
        changed.forEach((id, state) -> sagas.put(id, json.writeValueAsString(state)));
        trabalhos.addAll(orders);
    }

    void lerPrazos(int atMost) {
        var batch = armazem.log.subList(dosPrazos, Math.min(armazem.log.size(), dosPrazos + atMost));
        for (var recorded : batch) {
            prazos.stream()
                    .filter(prazo -> prazo.contexts().contains(recorded.meta().aggregateType()))
                    .flatMap(prazo -> prazo.on(recorded.event(), recorded.meta()).stream())
                    .forEach(order -> trabalhos.add(trabalho(order, null)));
        }
        dosPrazos += batch.size();
    }

    boolean emDia() {
        return daSaga == armazem.log.size() && dosPrazos == armazem.log.size();
    }

    /// Sends one of the commands that are due, whichever; sometimes the crash comes after its commit, and it stays.
    ///
    /// @return whether there was one
    boolean trabalhar(double twice) {
        var due = trabalhos.stream().filter(job -> !job.due().isAfter(agora)).toList();
        if (due.isEmpty()) {
            return false;
        }
        var job = due.get(random.nextInt(due.size()));
        var refusal = mandar(job.command(), Elenco.sistema());
        if (random.nextDouble() < twice) {
            repetidos++;
            return true;
        }
        trabalhos.remove(job);
        if (refusal.isPresent() && job.saga() != null) {
            var step = saga.refused(requireNonNull(estado(sagas.get(job.saga()))), job.command(), refusal.get());
            sagas.put(job.saga(), json.writeValueAsString(step.state()));
            step.orders().forEach(order -> trabalhos.add(trabalho(order, job.saga())));
        }
        return true;
    }

    /// When the next command is due.
    Optional<Instant> proximo() {
        return trabalhos.stream().map(Trabalho::due).min(Instant::compareTo);
    }

    Map<UUID, EmCurso> sagas() {
        var states = new LinkedHashMap<UUID, EmCurso>();
        sagas.forEach((id, state) -> states.put(id, requireNonNull(estado(state))));
        return states;
    }

    private Trabalho trabalho(Order order, @Nullable UUID id) {
        return new Trabalho(order.at() == null ? agora : order.at(), order.command(), id);
    }

    private @Nullable EmCurso estado(@Nullable String state) {
        return state == null ? null : json.readValue(state, EmCurso.class);
    }

    /// The event store: Axon's own in-memory one looks through all events for one aggregate's.
    private final class Armazem implements EventStorageEngine {
        private List<Registrado> log = new ArrayList<>();
        private Map<String, List<DomainEventMessage<?>>> byAggregate = new HashMap<>();

        @Override
        public void appendEvents(List<? extends EventMessage<?>> events) {
            for (var message : events) {
                var event = (DomainEventMessage<?>) message;
                var stream = byAggregate.computeIfAbsent(event.getAggregateIdentifier(), _ -> new ArrayList<>());
                if (event.getSequenceNumber() != stream.size()) {
                    throw new AssertionError("lost update of " + event.getAggregateIdentifier());
                }
                stream.add(event);
                log.add(new Registrado((DomainEvent) event.getPayload(), meta(event)));
            }
        }

        private EventMeta meta(DomainEventMessage<?> event) {
            return new EventMeta(
                    log.size() + 1L,
                    event.getIdentifier(),
                    event.getType() + "." + event.getPayloadType().getSimpleName(),
                    "1",
                    event.getType(),
                    event.getAggregateIdentifier(),
                    event.getSequenceNumber(),
                    agora,
                    Actors.system("simulacao"),
                    Actors.ORGANIZATION,
                    null,
                    null,
                    null);
        }

        @Override
        public DomainEventStream readEvents(String aggregate, long first) {
            var events = byAggregate.getOrDefault(aggregate, List.of());
            return DomainEventStream.of(events.subList((int) Math.min(first, events.size()), events.size()));
        }

        @Override
        public Optional<Long> lastSequenceNumberFor(String aggregate) {
            return Optional.ofNullable(byAggregate.get(aggregate)).map(events -> events.size() - 1L);
        }

        @Override
        public Stream<? extends TrackedEventMessage<?>> readEvents(@Nullable TrackingToken after, boolean mayBlock) {
            throw new UnsupportedOperationException("the followers read the log");
        }

        @Override
        public void storeSnapshot(DomainEventMessage<?> snapshot) {
            throw new UnsupportedOperationException("no snapshots here");
        }

        @Override
        public Optional<DomainEventMessage<?>> readSnapshot(String aggregate) {
            return Optional.empty();
        }
    }
}
