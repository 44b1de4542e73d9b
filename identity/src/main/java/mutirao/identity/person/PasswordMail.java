package mutirao.identity.person;

import com.github.kagkarlsson.scheduler.SchedulerClient;
import com.github.kagkarlsson.scheduler.task.FailureHandler.ExponentialBackoffFailureHandler;
import com.github.kagkarlsson.scheduler.task.FailureHandler.MaxRetriesFailureHandler;
import com.github.kagkarlsson.scheduler.task.Task;
import com.github.kagkarlsson.scheduler.task.TaskDescriptor;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.HexFormat;
import java.util.Optional;
import java.util.function.Supplier;
import mutirao.identity.account.Accounts;
import mutirao.identity.person.PasswordLinks.Kind;
import mutirao.identity.person.PasswordLinks.Link;
import mutirao.platform.secret.Sha256;
import org.springframework.mail.MailException;
import org.springframework.mail.MailSender;
import org.springframework.mail.SimpleMailMessage;

/// Mails links with which a password can be set: as a job, which is stored at once, done soon, and tried again for some
/// hours when the mail server does not answer. The link is made when it is sent, so no stored job holds a secret.
/// Thread-safe.
public final class PasswordMail {
    private static final TaskDescriptor<Wanted> TASK = TaskDescriptor.of("identidade-senha", Wanted.class);
    private static final int ATTEMPTS = 12; // with pauses that double, 5½ hours in all
    private static final Duration FIRST_PAUSE = Duration.ofSeconds(5);
    /// Nobody's mailbox is filled by others who ask, nor by an administrator who invites.
    private static final Duration BETWEEN = Duration.ofMinutes(2);

    private static final DateTimeFormatter WHEN = DateTimeFormatter.ofPattern("dd/MM/yyyy 'às' HH:mm");
    private static final ZoneId BRASILIA = ZoneId.of("America/Sao_Paulo");

    private final Supplier<SchedulerClient> scheduler;
    private final Optional<MailSender> sender;
    private final String from;
    private final People people;
    private final PasswordLinks links;
    private final Clock clock;

    /// What a job is told: whose, by the login that somebody wrote, whether or not anybody has it.
    record Wanted(Kind kind, String login) {}

    /// @param sender empty when no mail server is configured
    /// @param from   the sender's address
    public PasswordMail(
            Supplier<SchedulerClient> scheduler,
            Optional<MailSender> sender,
            String from,
            People people,
            PasswordLinks links,
            Clock clock) {
        this.scheduler = scheduler;
        this.sender = sender;
        this.from = from;
        this.people = people;
        this.links = links;
        this.clock = clock;
    }

    /// Whether a mail server is configured.
    public boolean works() {
        return sender.isPresent();
    }

    /// Has a link sent soon. One at a time for each login.
    void send(Kind kind, String login) {
        var name = Sha256.of(Accounts.normal(login).getBytes(StandardCharsets.UTF_8));
        var job = TASK.instance(kind + ":" + HexFormat.of().formatHex(name))
                .data(new Wanted(kind, Accounts.normal(login)))
                .build();
        scheduler.get().scheduleIfNotExists(job, clock.instant());
    }

    /// The task that db-scheduler runs.
    public Task<?> task() {
        return Tasks.oneTime(TASK)
                .onFailure(new MaxRetriesFailureHandler<>(
                        ATTEMPTS, new ExponentialBackoffFailureHandler<>(FIRST_PAUSE, 2)))
                .execute((instance, _) -> deliver(instance.getData()));
    }

    private void deliver(Wanted wanted) {
        people.reachable(wanted.login())
                .filter(account -> !links.mailedWithin(account, BETWEEN))
                .ifPresent(account -> deliver(links.issue(account, wanted.kind(), null), wanted));
    }

    private void deliver(Link link, Wanted wanted) {
        try {
            sender.orElseThrow().send(message(link, wanted));
        } catch (MailException e) {
            links.withdraw(link);
            throw e;
        }
    }

    private SimpleMailMessage message(Link link, Wanted wanted) {
        var message = new SimpleMailMessage();
        message.setFrom(from);
        message.setTo(wanted.login());
        message.setSubject(wanted.kind() == Kind.INVITE ? "Convite para o Mutirão" : "Sua senha do Mutirão");
        message.setText((wanted.kind() == Kind.INVITE ? """
                Olá!

                Alguém da sua organização convidou você para o Mutirão. Defina a sua senha aqui:

                %s

                O link vale até %s (horário de Brasília) e só uma vez. Quem não espera este convite
                pode ignorar esta mensagem.
                """ : """
                Olá!

                Alguém pediu um link para definir a senha do Mutirão de quem usa este e-mail:

                %s

                O link vale até %s (horário de Brasília) e só uma vez. Quem não o pediu pode ignorar
                esta mensagem: a senha continua a mesma.
                """)
                .formatted(link.address(), WHEN.format(LocalDateTime.ofInstant(link.expiresAt(), BRASILIA))));
        return message;
    }
}
