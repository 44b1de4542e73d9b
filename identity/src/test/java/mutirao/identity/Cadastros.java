package mutirao.identity;

import static mutirao.platform.test.Paciencia.PACIENCIA;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import mutirao.identity.person.PeopleSubscriber;
import mutirao.platform.eventstore.EventLog;
import mutirao.platform.stream.Followers;
import mutirao.usuario.api.Papel;
import mutirao.usuario.api.UsuarioEvent;
import mutirao.usuario.api.UsuarioEvent.PapeisAlterados;
import mutirao.usuario.api.UsuarioEvent.UsuarioCadastrado;
import mutirao.usuario.api.UsuarioId;
import org.awaitility.Awaitility;
import org.axonframework.eventhandling.GenericDomainEventMessage;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.axonframework.messaging.MetaData;

/// Records what an organization says about its people, and waits until accounts have followed.
final class Cadastros {
    private final EventStore store;
    private final EventLog log;
    private final Followers followers;
    private final Map<UUID, Long> versions = new HashMap<>();

    Cadastros(EventStore store, EventLog log, Followers followers) {
        this.store = store;
        this.log = log;
        this.followers = followers;
    }

    /// A new person in an organization.
    UUID cadastra(UUID organizacao, String email, Papel... papeis) {
        var id = new UsuarioId(UUID.randomUUID());
        diz(organizacao, new UsuarioCadastrado(id, "Ana", email, null));
        diz(organizacao, new PapeisAlterados(id, List.of(papeis)));
        return id.value();
    }

    void diz(UUID organizacao, UsuarioEvent event) {
        var version = versions.merge(event.id().value(), 1L, Long::sum) - 1;
        store.publish(new GenericDomainEventMessage<>(
                event.id().context(),
                event.id().stored(),
                version,
                event,
                MetaData.with("organizationId", organizacao.toString())));
        var position = Awaitility.await()
                .until(
                        log::horizon,
                        horizon -> log.read(horizon - 1, horizon, java.util.Set.of(), 1).stream()
                                .anyMatch(last -> last.event().equals(event)));
        Awaitility.await().until(() -> followers.awaitPosition(List.of(PeopleSubscriber.NAME), position, PACIENCIA));
    }
}
