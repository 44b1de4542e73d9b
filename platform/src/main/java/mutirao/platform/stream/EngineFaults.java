package mutirao.platform.stream;

import io.axoniq.axonserver.connector.impl.StreamClosedException;
import io.axoniq.axonserver.connector.impl.StreamTimeoutException;
import io.axoniq.axonserver.connector.impl.StreamUnexpectedlyCompletedException;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.util.EnumSet;
import java.util.Set;
import java.util.concurrent.TimeoutException;
import org.axonframework.axonserver.connector.AxonServerException;
import org.axonframework.axonserver.connector.command.AxonServerCommandDispatchException;
import org.axonframework.axonserver.connector.query.AxonServerQueryDispatchException;
import org.axonframework.commandhandling.NoHandlerForCommandException;
import org.axonframework.lifecycle.ShutdownInProgressException;
import org.axonframework.queryhandling.NoHandlerForQueryException;

/// What is thrown while Axon Server, or the process that a message was meant for, is away or does not answer. Its
/// connector has an exception for each of its parts.
final class EngineFaults {
    /// What the engine answers when it is there and says no.
    private static final Set<Status.Code> NO = EnumSet.of(
            Status.Code.INVALID_ARGUMENT,
            Status.Code.ALREADY_EXISTS,
            Status.Code.PERMISSION_DENIED,
            Status.Code.UNAUTHENTICATED,
            Status.Code.FAILED_PRECONDITION,
            Status.Code.OUT_OF_RANGE, // somebody else's event is where this one should be
            Status.Code.UNIMPLEMENTED);

    private EngineFaults() {}

    /// Whether this exception, without its causes, says so.
    static boolean away(Throwable fault) {
        if (fault instanceof StatusRuntimeException status) {
            return !NO.contains(status.getStatus().getCode());
        }
        return fault instanceof TimeoutException
                || fault instanceof io.axoniq.axonserver.connector.AxonServerException
                || fault instanceof AxonServerException
                || fault instanceof AxonServerCommandDispatchException
                || fault instanceof AxonServerQueryDispatchException
                || fault instanceof NoHandlerForCommandException
                || fault instanceof NoHandlerForQueryException
                || fault instanceof ShutdownInProgressException
                || fault instanceof StreamClosedException
                || fault instanceof StreamTimeoutException
                || fault instanceof StreamUnexpectedlyCompletedException;
    }
}
