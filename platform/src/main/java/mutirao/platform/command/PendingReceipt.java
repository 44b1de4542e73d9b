package mutirao.platform.command;

import com.fasterxml.jackson.annotation.JsonProperty;
import org.jspecify.annotations.Nullable;

/// A receipt that is filled in when the events are appended: the command bus takes the handler's result before the
/// commit, and positions are known only then.
final class PendingReceipt {
    @JsonProperty
    private @Nullable Receipt receipt;

    void fill(Receipt filled) {
        receipt = filled;
    }

    Receipt get() {
        if (receipt == null) {
            throw new IllegalStateException("the command has not been committed");
        }
        return receipt;
    }
}
