package mutirao.messaging.contract;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.TestInfo;

class KafkaContractTest extends ServerContract {
    /// For a test that kills it: a broker looks through all partitions there are before it serves again.
    private @Nullable KafkaServer own;

    @BeforeEach
    void begin(TestInfo test) {
        if (test.getTestMethod().orElseThrow().getDeclaringClass().equals(ServerContract.class)) {
            own = new KafkaServer();
        }
    }

    @Override
    protected BrokerServer server() {
        return own == null ? KafkaServer.shared() : own;
    }

    @AfterEach
    void end() {
        if (own != null) {
            own.close();
        }
    }
}
