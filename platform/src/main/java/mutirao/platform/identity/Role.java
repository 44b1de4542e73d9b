package mutirao.platform.identity;

import java.util.Arrays;
import java.util.Collection;
import java.util.EnumSet;
import java.util.Set;

/// What somebody may be in an organization; a person or a client can be several at once. The names stand in tokens
/// (claim `roles`) and in the database, so they never change.
public enum Role {
    /// Runs an organization: its people, its settings, everything the others may do there.
    ADMIN,
    /// Coordinates: matches offers and needs, assigns deliveries and tickets.
    COORDENADOR,
    /// Works on tickets.
    TECNICO,
    /// Carries deliveries.
    VOLUNTARIO,
    /// Offers goods or help.
    DOADOR,
    /// Asks for something.
    USUARIO,
    /// Reads the organization's audit.
    AUDITOR,
    /// Runs the installation, not an organization: projections, dead letters, jobs, actuator. Somebody who is this
    /// anywhere is this everywhere.
    OPERADOR;

    /// The roles of these names, without those that only a newer version knows.
    ///
    /// @return a set of its own, which may be changed
    public static Set<Role> named(Collection<String> names) {
        var roles = EnumSet.noneOf(Role.class);
        Arrays.stream(values()).filter(role -> names.contains(role.name())).forEach(roles::add);
        return roles;
    }
}
