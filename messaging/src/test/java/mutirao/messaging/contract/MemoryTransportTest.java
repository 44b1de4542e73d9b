package mutirao.messaging.contract;

import mutirao.messaging.internal.Transport;
import mutirao.messaging.internal.memory.MemoryBroker;
import mutirao.messaging.internal.memory.MemoryTransport;

class MemoryTransportTest extends TransportContract {
    private final MemoryBroker shared = new MemoryBroker();

    @Override
    protected Transport transport() {
        return new MemoryTransport(shared);
    }
}
