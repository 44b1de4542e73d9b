package mutirao.ticket.command;

import mutirao.platform.eventstore.EventLog;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/// What a ticket's handlers take beside their command.
@Configuration(proxyBeanMethods = false)
class TicketConfig {
    @Bean
    Assuntos assuntos(ObjectProvider<EventLog> log) {
        return (about, organization) -> log.getObject()
                .organizationOf(about.stored())
                .filter(organization::equals)
                .isPresent();
    }
}
