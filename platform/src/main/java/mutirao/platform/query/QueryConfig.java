package mutirao.platform.query;

import org.axonframework.messaging.MessageHandlerInterceptor;
import org.axonframework.queryhandling.QueryGateway;
import org.axonframework.queryhandling.QueryMessage;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/// The query bus's beans, around the ones that Axon configures by itself.
@Configuration(proxyBeanMethods = false)
class QueryConfig {
    @Bean
    Queries queries(QueryGateway gateway) {
        return new Queries(gateway);
    }

    @Bean
    MessageHandlerInterceptor<QueryMessage<?, ?>> actorInterceptor() {
        return new ActorInterceptor();
    }
}
