package mutirao.demo;

import static mutirao.platform.identity.Role.*;

import java.util.Set;
import java.util.UUID;
import mutirao.api.Actors;
import mutirao.identity.client.BootstrapClient;
import mutirao.identity.client.Clients;
import mutirao.platform.identity.Role;

/// Who takes part in the demonstration: programs that act for the people of a neighbourhood, each with a fixed id and
/// all with one secret, which a first start generates and keeps in the data directory.
enum DemoUsers {
    ABRIGO("a0"),
    ASSOCIACAO("a1"),
    COZINHA("b0"),
    MERCADO("b1"),
    JOANA("c0"),
    PEDRO("c1");

    private final UUID id;

    DemoUsers(String end) {
        this.id = fixed(end);
    }

    /// An id of the demonstration's.
    ///
    /// @param end two hexadecimal digits
    static UUID fixed(String end) {
        return UUID.fromString("5a7a4d10-0000-4000-8000-0000000000" + end);
    }

    UUID id() {
        return id;
    }

    private Set<Role> roles() {
        return switch (this) {
            case ABRIGO -> Set.of(USUARIO);
            case ASSOCIACAO -> Set.of(ADMIN, COORDENADOR, OPERADOR);
            case COZINHA, MERCADO -> Set.of(DOADOR);
            case JOANA, PEDRO -> Set.of(VOLUNTARIO);
        };
    }

    /// Lets them get tokens.
    static void openAll(Clients clients, String secret) {
        for (var user : values()) {
            clients.bootstrap(new BootstrapClient(user.id.toString(), secret, user.roles(), Actors.ORGANIZATION));
        }
    }
}
