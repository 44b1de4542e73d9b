package mutirao.messaging.internal.worker;

import org.springframework.boot.ExitCodeGenerator;
import org.springframework.boot.SpringBootExceptionReporter;

/// A worker was told to do what it cannot do.
final class WrongUsage extends RuntimeException implements ExitCodeGenerator {
    WrongUsage(String complaint) {
        super(complaint, null, false, false);
    }

    @Override
    public int getExitCode() {
        return 2;
    }

    /// Says so in one line, instead of a stack trace in the log.
    static final class Reporter implements SpringBootExceptionReporter {
        @Override
        public boolean reportException(Throwable failure) {
            if (failure instanceof WrongUsage usage) {
                System.err.println("consumer: " + usage.getMessage());
                return true;
            }
            return false;
        }
    }
}
