package mutirao.entrega.command;

import mutirao.entrega.api.CodigoDeConfirmacao;
import mutirao.platform.secret.ServerSecret;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/// What a delivery's handlers take beside their command.
@Configuration(proxyBeanMethods = false)
class EntregaConfig {
    @Bean
    Registro registro(ObjectProvider<EventStore> store) {
        return Registro.of(id -> store.getObject().lastSequenceNumberFor(id));
    }

    @Bean
    CodigoDeConfirmacao commandSideCodigo(ServerSecret confirmationSecret) {
        return new CodigoDeConfirmacao(confirmationSecret::mac);
    }
}
