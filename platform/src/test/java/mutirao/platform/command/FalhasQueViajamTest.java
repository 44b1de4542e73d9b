package mutirao.platform.command;

import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.grpc.Metadata;
import io.grpc.Status;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import java.util.stream.Stream;
import mutirao.api.DomainCommand;
import mutirao.api.RuleViolation;
import mutirao.platform.eventstore.AxonJson;
import mutirao.platform.eventstore.Position;
import mutirao.platform.identity.Forbidden;
import mutirao.platform.rest.Problem;
import mutirao.platform.rest.Problems;
import mutirao.platform.stream.Faults;
import mutirao.platform.stream.NotNow;
import mutirao.platform.test.Elenco;
import mutirao.platform.test.Travessia;
import org.apache.tomcat.util.http.InvalidParameterException;
import org.axonframework.axonserver.connector.command.AxonServerCommandDispatchException;
import org.axonframework.commandhandling.CommandExecutionException;
import org.axonframework.commandhandling.NoHandlerForCommandException;
import org.axonframework.commandhandling.SimpleCommandBus;
import org.axonframework.eventsourcing.eventstore.EventStoreException;
import org.axonframework.modelling.command.AggregateNotFoundException;
import org.axonframework.modelling.command.AggregateStreamCreationException;
import org.axonframework.modelling.command.ConcurrencyException;
import org.axonframework.modelling.command.ConflictingAggregateVersionException;
import org.axonframework.serialization.jackson3.Jackson3Serializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.dao.QueryTimeoutException;
import org.springframework.transaction.CannotCreateTransactionException;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.method.annotation.MethodArgumentTypeMismatchException;

/// Whatever goes wrong where a command is decided is the same for whoever sent it, also from another process: what
/// crosses is made into bytes and read back in every one of these.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class FalhasQueViajamTest {
    private static final Coisa COISA = Coisa.nova();

    /// What a controller meets that no command brings.
    private static final Set<Class<?>> SO_DA_BORDA = Set.of(
            Problem.class, MethodArgumentTypeMismatchException.class, InvalidParameterException.class, Exception.class);

    /// The database away, which a command says as [NotNow].
    private static final Set<Class<?>> DO_BANCO = Set.of(
            CannotCreateTransactionException.class,
            DataAccessResourceFailureException.class,
            QueryTimeoutException.class);

    private final LocalSegment segment = new LocalSegment(SimpleCommandBus.builder(), new CommandGate(1));
    private ScheduledExecutorService retries;
    private Commands commands;
    private Supplier<Object> handler = () -> null;

    @BeforeAll
    void os_dois_lados() {
        retries = Executors.newSingleThreadScheduledExecutor();
        var messages = Jackson3Serializer.builder()
                .jsonMapperBuilderCustomizer(new AxonJson())
                .build();
        commands = new Commands(new CommandConfig().commandGateway(new Travessia(segment, messages), retries));
        segment.subscribe(Coisa.class.getName(), _ -> handler.get());
    }

    @AfterAll
    void fim() {
        retries.shutdownNow();
    }

    static Stream<RuntimeException> falhas() {
        return Stream.of(
                new RuleViolation("NAO_CANCELA_ATENDIDA"),
                new Forbidden(),
                new VersionConflict(3, 4),
                new IdempotencyConflict(IdempotencyConflict.Reason.IDEMPOTENCY_KEY_IN_USE),
                new IdempotencyConflict(IdempotencyConflict.Reason.IDEMPOTENCY_KEY_REUSED),
                new AggregateNotFoundException("coisa-1", "not there"),
                new AggregateStreamCreationException("used"),
                new ConcurrencyException("lost"),
                new NotNow("away", new TimeoutException()));
    }

    @ParameterizedTest
    @MethodSource("falhas")
    void a_falha_de_la_e_a_falha_daqui(RuntimeException failure) {
        var thrown = depois(failure);

        assertThat(thrown).hasSameClassAs(failure);
        assertThat(diz(thrown)).isEqualTo(diz(failure));
        assertThat(diz(depois(new EventStoreException("around it", failure)))).isEqualTo(diz(failure));
    }

    /// What callers read from it.
    private static Object diz(Throwable failure) {
        return switch (failure) {
            case RuleViolation refused -> refused.code();
            case IdempotencyConflict conflict -> conflict.reason();
            case VersionConflict conflict -> conflict.getMessage();
            case AggregateNotFoundException missing -> missing.getAggregateIdentifier();
            default -> failure.getClass();
        };
    }

    @Test
    void toda_falha_anunciada_viaja() throws NoSuchMethodException {
        var sent = Commands.class.getMethod("send", DomainCommand.class, Sender.class);

        assertThat(falhas().map(Object::getClass).collect(toSet()))
                .isEqualTo(Set.of((Object[]) sent.getExceptionTypes()));
    }

    @Test
    void toda_falha_que_a_borda_conhece_viaja_ou_e_so_dela() {
        var known = Arrays.stream(Problems.class.getDeclaredMethods())
                .filter(method -> method.isAnnotationPresent(ExceptionHandler.class))
                .flatMap(method -> {
                    var named = method.getAnnotation(ExceptionHandler.class).value();
                    return named.length > 0 ? Arrays.stream(named) : Stream.of(method.getParameterTypes()[0]);
                })
                .filter(type -> !SO_DA_BORDA.contains(type) && !DO_BANCO.contains(type))
                .toList();

        assertThat(known)
                .isNotEmpty()
                .allSatisfy(type -> assertThat(falhas())
                        .anySatisfy(failure -> assertThat(failure).isInstanceOf(type)));
    }

    static Stream<RuntimeException> fora_do_ar() {
        return Stream.of(
                new CannotCreateTransactionException("no connection"),
                new DataAccessResourceFailureException("broken", new SQLException("broken", "08006")),
                new EventStoreException("append", new SQLException("shutting down", "57P01")),
                new EventStoreException("head", new TimeoutException()),
                Status.UNAVAILABLE.asRuntimeException(),
                Status.CANCELLED.asRuntimeException(),
                new org.axonframework.messaging.ExecutionException("Timeout", new TimeoutException()),
                new NoHandlerForCommandException("nobody"),
                new AxonServerCommandDispatchException("AXONIQ-4003", "dispatch", new TimeoutException()));
    }

    @ParameterizedTest
    @MethodSource("fora_do_ar")
    void o_que_o_tempo_cura_chega_como_agora_nao(RuntimeException failure) {
        var thrown = catchThrowableOfType(NotNow.class, () -> manda(failure));

        assertThat(Faults.transientFault(thrown)).isTrue();
    }

    @Test
    void o_conflito_que_o_motor_diz_ao_gravar_e_corrida_ou_id_usado() {
        assertThat(depois(sequencia(0))).isInstanceOf(AggregateStreamCreationException.class);
        assertThat(depois(sequencia(7))).isInstanceOf(ConcurrencyException.class);
    }

    private static RuntimeException sequencia(int number) {
        var code = new Metadata();
        code.put(Metadata.Key.of("AxonIQ-ErrorCode", Metadata.ASCII_STRING_MARSHALLER), "AXONIQ-2000");
        return Status.OUT_OF_RANGE
                .withDescription(
                        "[AXONIQ-2000] Invalid sequence number %d for aggregate coisa-1, expected 9".formatted(number))
                .asRuntimeException(code);
    }

    @Test
    void o_conflito_de_versao_do_axon_e_o_nosso() {
        assertThat(depois(new ConflictingAggregateVersionException("coisa-1", 3, 4)))
                .isInstanceOf(VersionConflict.class);
    }

    @Test
    void so_a_corrida_perdida_e_tentada_de_novo() {
        var left = new int[] {3};
        handler = () -> {
            if (left[0]-- > 0) {
                throw new ConcurrencyException("lost");
            }
            var receipt = new PendingReceipt();
            receipt.fill(new Receipt(COISA.id().value(), 5, new Position(6), null));
            return receipt;
        };
        assertThat(commands.send(COISA, Elenco.sistema()))
                .isEqualTo(new Receipt(COISA.id().value(), 5, new Position(6), null));

        var tries = new int[1];
        handler = () -> {
            tries[0]++;
            throw new AggregateStreamCreationException("used");
        };
        assertThat(catchThrowable(() -> commands.send(COISA, Elenco.sistema()))).isNotNull();
        assertThat(tries[0]).isOne();
    }

    @Test
    void o_que_ninguem_espera_continua_inesperado() {
        var thrown = depois(new IllegalStateException("a bug"));

        assertThat(thrown).isInstanceOf(CommandExecutionException.class).hasMessage("a bug");
        assertThat(Faults.transientFault(thrown)).isFalse();
    }

    private Throwable depois(RuntimeException failure) {
        return catchThrowable(() -> manda(failure));
    }

    private void manda(RuntimeException failure) {
        handler = () -> {
            throw failure;
        };
        commands.send(COISA, Elenco.sistema());
    }
}
