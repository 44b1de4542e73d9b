package mutirao.messaging.contract;

import mutirao.messaging.Broker;
import mutirao.messaging.internal.memory.MemoryBroker;
import org.springframework.boot.builder.SpringApplicationBuilder;

class MemoryContractTest extends MessagingContract {
    private final MemoryBroker shared = new MemoryBroker();

    @Override
    protected Broker broker() {
        return Broker.none();
    }

    @Override
    protected void customize(SpringApplicationBuilder application) {
        application.initializers(context -> context.getBeanFactory().registerSingleton("memoryBroker", shared));
    }
}
