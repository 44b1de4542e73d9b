package mutirao.usuario.command;

import java.util.Optional;
import java.util.UUID;
import mutirao.platform.eventstore.EventLog;
import mutirao.platform.identity.Directory;
import mutirao.platform.identity.Memberships;
import mutirao.usuario.api.UsuarioId;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;

/// Who acts where, by the logins that the program keeps, and by what is recorded of people: whoever has just been
/// registered has no login yet, and with another issuer nobody has one here.
@Component
class PeopleDirectory implements Directory {
    private final ObjectProvider<Memberships> memberships;
    private final ObjectProvider<EventLog> log;

    PeopleDirectory(ObjectProvider<Memberships> memberships, ObjectProvider<EventLog> log) {
        this.memberships = memberships;
        this.log = log;
    }

    @Override
    public Standing of(UUID userId, UUID organization) {
        return Optional.ofNullable(memberships.getIfAvailable())
                .flatMap(known -> known.acts(userId, organization))
                .or(() -> log.getObject()
                        .organizationOf(new UsuarioId(userId).stored())
                        .map(organization::equals))
                .map(acts -> acts ? Standing.HERE : Standing.NOT_HERE)
                .orElse(Standing.UNKNOWN);
    }
}
