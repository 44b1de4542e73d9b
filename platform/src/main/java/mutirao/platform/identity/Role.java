package mutirao.platform.identity;

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
    OPERADOR
}
