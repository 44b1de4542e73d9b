package mutirao.messaging.contract;

import org.junit.jupiter.api.AfterAll;

class RedisContractTest extends ServerContract {
    private static final RedisServer SERVER = new RedisServer();

    @Override
    protected BrokerServer server() {
        return SERVER;
    }

    @AfterAll
    static void end() {
        SERVER.close();
    }
}
