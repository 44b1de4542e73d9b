package mutirao.platform.command;

import io.grpc.StatusRuntimeException;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Stream;
import mutirao.api.RuleViolation;
import mutirao.platform.identity.Forbidden;
import mutirao.platform.stream.Faults;
import mutirao.platform.stream.NotNow;
import org.axonframework.axonserver.connector.event.util.GrpcExceptionParser;
import org.axonframework.commandhandling.CommandExecutionException;
import org.axonframework.commandhandling.CommandResultMessage;
import org.axonframework.commandhandling.GenericCommandResultMessage;
import org.axonframework.modelling.command.AggregateNotFoundException;
import org.axonframework.modelling.command.AggregateStreamCreationException;
import org.axonframework.modelling.command.ConcurrencyException;
import org.axonframework.modelling.command.ConflictingModificationException;
import org.jspecify.annotations.Nullable;

/// What can go wrong with a command so that its sender can tell. Between processes only the details of a
/// [CommandExecutionException] survive, so whoever decides gives the failure a [Code] there ([LocalSegment]) and
/// whoever asked makes the exception of it again ([Commands]), wherever the two are. What nobody expects has no code,
/// and stays what it is.
enum Failure {
    RULE,
    FORBIDDEN,
    VERSION,
    IDEMPOTENCY,
    NOT_FOUND,
    EXISTS,
    RACE,
    UNAVAILABLE;

    /// What Axon Server says, after its code, when it is a new aggregate's first event that came too late.
    private static final String FIRST_EVENT = "Invalid sequence number 0 for ";

    /// A failure as it crosses.
    ///
    /// @param about what its exception is made of
    record Code(Failure kind, String about) {
        /// As details, which any version of the program can read.
        String details() {
            return kind + " " + about;
        }

        static Optional<Code> of(String details) {
            var parts = details.split(" ", 2);
            return Arrays.stream(values())
                    .filter(kind -> kind.name().equals(parts[0]))
                    .map(kind -> new Code(kind, parts.length == 1 ? "" : parts[1]))
                    .findFirst();
        }

        /// What the sender is thrown.
        RuntimeException exception(Throwable cause) {
            return switch (kind) {
                case RULE -> new RuleViolation(about);
                case FORBIDDEN -> new Forbidden();
                case VERSION -> new VersionConflict(about);
                case IDEMPOTENCY -> new IdempotencyConflict(IdempotencyConflict.Reason.valueOf(about));
                case NOT_FOUND -> new AggregateNotFoundException(about, about + " is not there");
                case EXISTS -> new AggregateStreamCreationException("the id is used already", cause);
                case RACE -> new ConcurrencyException("others keep changing the same", cause);
                case UNAVAILABLE -> new NotNow("the command cannot be handled now: " + about, cause);
            };
        }
    }

    /// A handler's result, with the code of its failure as details.
    static <R> CommandResultMessage<? extends R> coded(CommandResultMessage<? extends R> result) {
        return result.optionalExceptionResult()
                .flatMap(failure -> of(failure)
                        .<CommandResultMessage<? extends R>>map(code -> new GenericCommandResultMessage<>(
                                new CommandExecutionException(code.details(), failure, code.details()),
                                result.getMetaData())))
                .orElse(result);
    }

    /// What the sender is thrown instead of what came back.
    static RuntimeException decoded(RuntimeException failure) {
        return of(failure).map(code -> code.exception(failure)).orElse(failure);
    }

    /// The code that a failure came with, or has.
    static Optional<Code> of(Throwable failure) {
        if (failure instanceof CommandExecutionException coded) {
            var given = coded.getDetails().filter(String.class::isInstance).flatMap(text -> Code.of((String) text));
            if (given.isPresent()) {
                return given;
            }
        }
        return Stream.iterate(failure, cause -> cause != null, Throwable::getCause)
                .flatMap(cause -> codeOf(cause).stream())
                .findFirst()
                .or(() -> Faults.transientFault(failure)
                        ? Optional.of(
                                new Code(UNAVAILABLE, root(failure).getClass().getSimpleName()))
                        : Optional.empty());
    }

    /// @param failure is looked at without its causes
    private static Optional<Code> codeOf(Throwable failure) {
        return Optional.ofNullable(
                switch (failure) {
                    case RuleViolation refused -> new Code(RULE, refused.code());
                    case Forbidden _ -> new Code(FORBIDDEN, "");
                    case VersionConflict conflict -> new Code(VERSION, String.valueOf(conflict.getMessage()));
                    case ConflictingModificationException conflict ->
                        new Code(VERSION, String.valueOf(conflict.getMessage()));
                    case IdempotencyConflict conflict ->
                        new Code(IDEMPOTENCY, conflict.reason().name());
                    case AggregateNotFoundException missing ->
                        new Code(NOT_FOUND, String.valueOf(missing.getAggregateIdentifier()));
                    case AggregateStreamCreationException _ -> new Code(EXISTS, "");
                    case ConcurrencyException _ -> new Code(RACE, "");
                    case StatusRuntimeException engine -> late(engine);
                    default -> null;
                });
    }

    /// Axon Server takes events only when a command commits, and then says as gRPC does that it has others in their
    /// place.
    private static @Nullable Code late(StatusRuntimeException engine) {
        if (!(GrpcExceptionParser.parse(engine) instanceof ConcurrencyException)) {
            return null;
        }
        return String.valueOf(engine.getStatus().getDescription()).contains(FIRST_EVENT)
                ? new Code(EXISTS, "")
                : new Code(RACE, "");
    }

    private static Throwable root(Throwable failure) {
        var root = failure;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return root;
    }
}
