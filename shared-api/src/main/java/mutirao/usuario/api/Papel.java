package mutirao.usuario.api;

/// What somebody may be in an organization, several at once. The names are those of the platform's roles, which tokens
/// and the table of access speak of; a test holds them together.
public enum Papel {
    /// Runs the organization: its people and everything the others may do there.
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
    /// Runs the installation, in all organizations.
    OPERADOR
}
