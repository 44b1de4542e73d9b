package mutirao.messaging.contract;

import static java.util.Objects.requireNonNull;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

class RabbitContractTest extends ServerContract {
    private static @Nullable RabbitServer server;

    @BeforeAll
    static void begin() {
        server = new RabbitServer();
    }

    @Override
    protected BrokerServer server() {
        return requireNonNull(server);
    }

    @AfterAll
    static void end() {
        if (server != null) {
            server.close();
        }
    }
}
