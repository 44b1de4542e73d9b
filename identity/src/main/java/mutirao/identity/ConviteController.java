package mutirao.identity;

import static mutirao.platform.identity.Role.ADMIN;

import java.util.UUID;
import mutirao.identity.person.Invitations;
import mutirao.identity.person.Invitations.Invitation;
import mutirao.platform.identity.Actor;
import mutirao.platform.identity.OpenTo;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/api/usuarios")
@ConditionalOnEmbeddedServer
class ConviteController {
    private final Invitations invitations;

    ConviteController(Invitations invitations) {
        this.invitations = invitations;
    }

    @OpenTo(value = ADMIN, also = "o link, quando não vai por e-mail: de um OPERADOR só outro")
    @PostMapping("/{id}/convite")
    Invitation convidar(@PathVariable UUID id, Actor actor) throws InterruptedException {
        return invitations.invite(id, actor);
    }
}
