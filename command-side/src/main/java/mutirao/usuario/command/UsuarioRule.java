package mutirao.usuario.command;

import mutirao.api.Rule;

/// The rules of a person; each is the error code of the API and its text in `textos`.
enum UsuarioRule implements Rule {
    /// The e-mail is somebody's in the organization, or the id the first administrator's or a system user's, which a
    /// client is too. Of an id in use the store says the same.
    JA_EXISTE,
    USUARIO_INATIVO,
    USUARIO_ATIVO,
    NAO_DESATIVA_A_SI_MESMO,
    NAO_DEIXA_DE_SER_ADMIN
}
