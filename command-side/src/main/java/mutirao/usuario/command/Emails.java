package mutirao.usuario.command;

import java.util.UUID;
import mutirao.usuario.api.UsuarioId;

/// Whose each e-mail is within an organization, which one person cannot know of the others.
interface Emails {
    /// Gives an e-mail to a person in the running transaction, and whatever e-mail they had back.
    ///
    /// @return false when it is another's in that organization
    boolean tomar(UUID organizacao, String email, UsuarioId dono);
}
