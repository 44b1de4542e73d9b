package mutirao.platform.query;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import mutirao.api.Query;
import mutirao.platform.identity.Actor;
import mutirao.platform.identity.ActorMetadata;
import org.axonframework.messaging.GenericMessage;
import org.axonframework.messaging.Message;
import org.axonframework.messaging.responsetypes.AbstractResponseType;
import org.axonframework.messaging.responsetypes.ResponseType;
import org.axonframework.messaging.responsetypes.ResponseTypes;
import org.axonframework.queryhandling.QueryGateway;

/// Sends queries, on behalf of whoever's request this thread is answering, and waits for their answers. The answer's
/// type is read off the query's own declaration. Thread-safe.
public final class Queries {
    private final QueryGateway gateway;

    Queries(QueryGateway gateway) {
        this.gateway = gateway;
    }

    /// The answer of the read model.
    @SuppressWarnings("unchecked") // the response type is R's
    public <R> R ask(Query<R> query) {
        try {
            return (R) gateway.query(message(query), responseType(answerOf(query.getClass())))
                    .join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : e;
        }
    }

    /// With who asks, whom the handler needs to know wherever it runs.
    private static Message<?> message(Query<?> query) {
        return new GenericMessage<>(query, Actor.find().map(ActorMetadata::of).orElse(Map.of()));
    }

    /// The `R` of the context's `XQuery<R>` that a query record implements.
    private static Type answerOf(Class<?> query) {
        return Arrays.stream(query.getGenericInterfaces())
                .filter(ParameterizedType.class::isInstance)
                .map(type -> ((ParameterizedType) type).getActualTypeArguments()[0])
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(query + " does not say what answers it"));
    }

    private static ResponseType<?> responseType(Type answer) {
        if (answer instanceof ParameterizedType generic && generic.getRawType() == Optional.class) {
            return ResponseTypes.optionalInstanceOf((Class<?>) generic.getActualTypeArguments()[0]);
        }
        return new Whole(raw(answer));
    }

    private static Class<?> raw(Type type) {
        return (Class<?>) (type instanceof ParameterizedType generic ? generic.getRawType() : type);
    }

    /// An answer of a class, whatever its type arguments; Axon's own finds no handler for a generic one.
    static final class Whole extends AbstractResponseType<Object> {
        @SuppressWarnings("unchecked") // any class is a class of objects
        @JsonCreator
        Whole(@JsonProperty("expectedResponseType") Class<?> expected) {
            super((Class<Object>) expected);
        }

        @Override
        @SuppressWarnings("unchecked") // as above
        public Class<Object> responseMessagePayloadType() {
            return (Class<Object>) expectedResponseType;
        }

        @Override
        public boolean matches(Type responseType) {
            return responseType instanceof ParameterizedType generic
                    ? generic.getRawType() == expectedResponseType
                    : responseType == expectedResponseType;
        }
    }
}
