package mutirao.messaging.internal.kafka;

import java.time.Duration;
import java.util.Map;
import mutirao.messaging.contract.KafkaServer;
import mutirao.messaging.contract.TransportContract;
import mutirao.messaging.internal.Transport;

class KafkaTransportTest extends TransportContract {
    @Override
    protected Transport transport() {
        return new KafkaTransport(KafkaServer.shared().broker().address(), "teste", Map.of(), Duration.ofSeconds(30));
    }
}
