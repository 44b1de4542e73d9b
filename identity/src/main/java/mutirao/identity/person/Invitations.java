package mutirao.identity.person;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import mutirao.identity.person.PasswordLinks.Kind;
import mutirao.identity.person.People.Member;
import mutirao.platform.eventstore.EventLog;
import mutirao.platform.identity.Actor;
import mutirao.platform.identity.Forbidden;
import mutirao.platform.identity.Role;
import mutirao.platform.rest.Problem;
import mutirao.usuario.api.UsuarioId;
import org.jspecify.annotations.Nullable;

/// Gets somebody their first password, or another one: by mail, else by a link that their administrator hands over.
public final class Invitations {
    private static final Duration LONGEST = Duration.ofSeconds(5);
    private static final Duration PAUSE = Duration.ofMillis(20);

    private final People people;
    private final PasswordLinks links;
    private final PasswordMail mail;
    private final EventLog log;

    /// What has been done: either mailed, or a link made.
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Invitation(
            @Nullable String sentTo,
            @Nullable String link,
            @Nullable Instant expiresAt) {
        /// The link is a secret.
        @Override
        public String toString() {
            return String.valueOf(sentTo);
        }
    }

    /// @param log says who is registered, also before the accounts know
    public Invitations(People people, PasswordLinks links, PasswordMail mail, EventLog log) {
        this.people = people;
        this.links = links;
        this.mail = mail;
        this.log = log;
    }

    /// Invites somebody of the actor's organization.
    ///
    /// @throws Problem   404 when there is no such person, 409 when they are deactivated, or when a link cannot be
    ///                   mailed and would open an account that other organizations have let in too
    /// @throws Forbidden when the link would open an account that runs the installation, and the actor does not
    public Invitation invite(UUID usuario, Actor actor) throws InterruptedException {
        var member = find(usuario, actor.organizationId()).orElseThrow(Problem::notFound);
        if (member.disabled()) {
            throw Problem.conflict("USUARIO_INATIVO", "a pessoa está desativada nesta organização");
        }
        if (mail.works()) {
            mail.send(Kind.INVITE, member.login());
            return new Invitation(member.login(), null, null);
        }
        if (member.operates() && !actor.is(Role.OPERADOR)) {
            throw new Forbidden();
        }
        if (member.elsewhere()) {
            throw Problem.conflict(
                    "CONTA_EM_OUTRA_ORGANIZACAO", "a pessoa entra com a mesma conta em outra organização");
        }
        var link = links.issue(member.account(), Kind.INVITE, actor.organizationId());
        return new Invitation(null, link.address(), link.expiresAt());
    }

    /// Somebody just registered may not have reached the accounts yet. Where the log is read up to says nothing about
    /// that: it stays behind the newest events as long as anybody is writing.
    private Optional<Member> find(UUID usuario, UUID organization) throws InterruptedException {
        var known = people.find(usuario, organization);
        if (known.isPresent() || !isRegistered(usuario, organization)) {
            return known;
        }
        var end = System.nanoTime() + LONGEST.toNanos();
        while (known.isEmpty() && System.nanoTime() < end) {
            TimeUnit.NANOSECONDS.sleep(PAUSE.toNanos());
            known = people.find(usuario, organization);
        }
        return known;
    }

    private boolean isRegistered(UUID usuario, UUID organization) {
        return log.organizationOf(new UsuarioId(usuario).stored())
                .filter(organization::equals)
                .isPresent();
    }
}
