package mutirao.messaging.internal.rabbit;

import mutirao.messaging.contract.RabbitServer;
import mutirao.messaging.contract.TransportContract;
import mutirao.messaging.internal.Transport;

class RabbitTransportTest extends TransportContract {
    @Override
    protected Transport transport() {
        // With the slash that almost everybody writes.
        return new RabbitTransport(RabbitServer.shared().broker().address() + "/", "teste");
    }
}
