package mutirao.platform.query;

import mutirao.platform.identity.ActorMetadata;
import org.axonframework.messaging.InterceptorChain;
import org.axonframework.messaging.MessageHandlerInterceptor;
import org.axonframework.messaging.unitofwork.UnitOfWork;
import org.axonframework.queryhandling.QueryMessage;
import org.jspecify.annotations.Nullable;

/// Around every query handler: it acts for whoever the query's metadata names, also on another thread or in another
/// process than the request's.
final class ActorInterceptor implements MessageHandlerInterceptor<QueryMessage<?, ?>> {
    @Override
    public @Nullable Object handle(UnitOfWork<? extends QueryMessage<?, ?>> unit, InterceptorChain chain)
            throws Exception {
        var actor = ActorMetadata.find(unit.getMessage().getMetaData());
        return actor.isPresent() ? actor.get().does(chain::proceed) : chain.proceed();
    }
}
