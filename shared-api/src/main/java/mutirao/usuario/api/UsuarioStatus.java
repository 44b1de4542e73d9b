package mutirao.usuario.api;

/// Whether a person takes part in the organization.
public enum UsuarioStatus {
    ATIVO,
    INATIVO
}
