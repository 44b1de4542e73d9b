package mutirao.identity.person;

import java.util.Collection;
import java.util.List;
import java.util.Set;
import mutirao.platform.eventstore.EventTypes;
import mutirao.platform.eventstore.RecordedEvent;
import mutirao.platform.stream.Subscriber;
import mutirao.usuario.api.UsuarioEvent;
import mutirao.usuario.api.UsuarioEvent.PapeisAlterados;
import mutirao.usuario.api.UsuarioEvent.UsuarioAtualizado;
import mutirao.usuario.api.UsuarioEvent.UsuarioCadastrado;
import mutirao.usuario.api.UsuarioEvent.UsuarioDesativado;
import mutirao.usuario.api.UsuarioEvent.UsuarioReativado;

/// Keeps accounts as the people of each organization are. No rebuild replays it.
public final class PeopleSubscriber implements Subscriber {
    /// Its name.
    public static final String NAME = "identidade:pessoas";

    private static final Set<String> CONTEXTS = Set.of(EventTypes.contextOf(UsuarioEvent.class));

    private final People people;

    /// @param people changes them
    public PeopleSubscriber(People people) {
        this.people = people;
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Set<String> contexts() {
        return CONTEXTS;
    }

    @Override
    public Collection<String> sequencesOf(RecordedEvent event) {
        return List.of(event.meta().aggregateUuid().toString());
    }

    @Override
    public void handle(List<Delivery> deliveries) {
        deliveries.forEach(delivery -> handle(delivery.event()));
    }

    private void handle(RecordedEvent recorded) {
        var event = (UsuarioEvent) recorded.event();
        var id = event.id().value();
        var organization = recorded.meta().organizationId();
        switch (event) {
            case UsuarioCadastrado e -> people.register(id, organization, e.email());
            case UsuarioAtualizado e -> people.email(id, organization, e.email());
            case PapeisAlterados e ->
                people.roles(
                        id, organization, e.roles().stream().map(Enum::name).toList());
            case UsuarioDesativado _ -> people.disabled(id, organization, true);
            case UsuarioReativado _ -> people.disabled(id, organization, false);
        }
    }
}
