package mutirao.messaging.contract;

import org.junit.jupiter.api.AfterAll;

class KafkaContractTest extends ServerContract {
    private static final KafkaServer SERVER = new KafkaServer();

    @Override
    protected BrokerServer server() {
        return SERVER;
    }

    @AfterAll
    static void end() {
        SERVER.close();
    }
}
