package mutirao.examples;

import mutirao.messaging.internal.memory.MemoryBroker;
import org.springframework.context.ConfigurableApplicationContext;

class ConversaNaMemoriaTest extends Conversa {
    private final MemoryBroker shared = new MemoryBroker();

    @Override
    void connect(ConfigurableApplicationContext application) {
        application.getBeanFactory().registerSingleton("memoryBroker", shared);
    }
}
