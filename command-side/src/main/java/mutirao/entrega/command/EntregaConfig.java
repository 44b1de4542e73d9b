package mutirao.entrega.command;

import mutirao.entrega.api.CodigoDeConfirmacao;
import mutirao.platform.eventstore.EventLog;
import mutirao.platform.secret.ServerSecret;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/// What a delivery's handlers take beside their command.
@Configuration(proxyBeanMethods = false)
class EntregaConfig {
    @Bean
    Registro registro(ObjectProvider<EventLog> log) {
        return Registro.of(id -> log.getObject().organizationOf(id));
    }

    @Bean
    CodigoDeConfirmacao commandSideCodigo(ServerSecret confirmationSecret) {
        return new CodigoDeConfirmacao(confirmationSecret::mac);
    }
}
