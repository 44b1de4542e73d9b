package mutirao.messaging.internal.redis;

import mutirao.messaging.contract.RedisServer;
import mutirao.messaging.contract.TransportContract;
import mutirao.messaging.internal.Transport;

class RedisTransportTest extends TransportContract {
    @Override
    protected Transport transport() {
        return new RedisTransport(RedisServer.shared().broker().address(), "teste");
    }
}
