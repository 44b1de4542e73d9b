package mutirao.integracao.command;

import static java.util.Objects.requireNonNullElse;
import static java.util.Objects.requireNonNullElseGet;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.BiFunction;
import mutirao.api.Actors;
import mutirao.api.DomainCommand;
import mutirao.api.RuleViolation;
import mutirao.entrega.api.EntregaCommand.RegistrarPosicao;
import mutirao.entrega.api.EntregaId;
import mutirao.integracao.command.Recusa.NecessidadeRecusada;
import mutirao.integracao.command.Recusa.PosicaoRecusada;
import mutirao.integracao.command.Recusa.TicketRecusado;
import mutirao.messaging.Consumer;
import mutirao.messaging.Message;
import mutirao.messaging.NotConfirmed;
import mutirao.messaging.OnEvent;
import mutirao.messaging.Producer;
import mutirao.messaging.Publishes;
import mutirao.necessidade.api.NecessidadeId;
import mutirao.necessidade.api.NovaNecessidade;
import mutirao.platform.command.Commands;
import mutirao.platform.command.IdempotencyConflict;
import mutirao.platform.command.Sender;
import mutirao.platform.identity.Forbidden;
import mutirao.platform.secret.Sha256;
import mutirao.ticket.api.NovoTicket;
import mutirao.ticket.api.TicketId;
import org.axonframework.modelling.command.AggregateNotFoundException;
import org.axonframework.modelling.command.AggregateStreamCreationException;

/// What neighbours ask for over messaging becomes a command, once for each message, by a system user of its own. A
/// refusal goes back as an event; what is no valid wish is in the dead letters.
@Consumer(group = Entrada.GROUP, topics = "mutirao.entrada", idempotent = true)
class Entrada {
    static final String GROUP = "mutirao-entrada";
    private static final String SOURCE = "consumer:" + GROUP;
    private static final UUID USER = Actors.system(SOURCE);

    private final Commands commands;
    private final Producer producer;
    private final IntegracaoSettings settings;
    private final Clock clock;

    Entrada(Commands commands, Producer producer, IntegracaoSettings settings, Clock clock) {
        this.commands = commands;
        this.producer = producer;
        this.settings = settings;
        this.clock = clock;
    }

    @OnEvent("necessidade.registrar")
    void registrar(Message<NovaNecessidade> message) {
        var need = message.data();
        var id = new NecessidadeId(requireNonNullElseGet(need.id(), () -> named(message)));
        decide(message, NecessidadeRecusada::new, need.command(id, author(message)));
    }

    @OnEvent("ticket.registrar")
    void registrarTicket(Message<NovoTicket> message) {
        var ticket = message.data();
        var id = new TicketId(requireNonNullElseGet(ticket.id(), () -> named(message)));
        decide(message, TicketRecusado::new, ticket.command(id, author(message)));
    }

    @OnEvent("entrega.posicao")
    void posicao(Message<Posicao> message) {
        var at = message.data();
        decide(
                message,
                PosicaoRecusada::new,
                new RegistrarPosicao(new EntregaId(at.id()), at.latitude(), at.longitude(), at.occurredAt()));
    }

    /// The same for the same message.
    private static UUID named(Message<?> message) {
        return Actors.system(SOURCE + ":" + message.source() + ":" + message.id());
    }

    private static UUID author(Message<?> message) {
        return Optional.ofNullable(message.extensions().get("userid"))
                .flatMap(Entrada::uuid)
                .orElse(USER);
    }

    private static Optional<UUID> uuid(String text) {
        try {
            return Optional.of(UUID.fromString(text));
        } catch (IllegalArgumentException _) {
            return Optional.empty();
        }
    }

    /// A message that comes again gets the same answer: by the command's key, which is the message's.
    private void decide(Message<?> message, BiFunction<String, String, Recusa> refusal, DomainCommand command) {
        try {
            var receipt = commands.send(command, sender(message));
            Optional.ofNullable(receipt.refusal()).ifPresent(rule -> refuse(message, refusal, rule));
        } catch (RuleViolation e) {
            refuse(message, refusal, e.code());
        } catch (AggregateNotFoundException _) {
            refuse(message, refusal, "NOT_FOUND");
        } catch (AggregateStreamCreationException _) {
            refuse(message, refusal, "JA_EXISTE");
        } catch (Forbidden _) {
            refuse(message, refusal, Forbidden.CODE);
        } catch (IdempotencyConflict e) {
            if (e.reason() == IdempotencyConflict.Reason.IDEMPOTENCY_KEY_IN_USE) {
                throw e; // the same message is being worked elsewhere
            }
            refuse(message, refusal, e.reason().name());
        }
    }

    private Sender sender(Message<?> message) {
        var correlation = requireNonNullElse(message.correlationId(), message.id());
        // An id is its source's, and may be longer than a key.
        var once = new Sender.Once(hash(message.source() + "\0" + message.id()), hash(String.valueOf(message.data())));
        return Sender.consumer(SOURCE, organization(message), correlation, message.id(), once);
    }

    private static String hash(String text) {
        return HexFormat.of().formatHex(Sha256.of(text.getBytes(StandardCharsets.UTF_8)));
    }

    /// @throws RuleViolation when neighbours may not act for it
    private UUID organization(Message<?> message) {
        var named = message.extensions().get("organizationid");
        var organization =
                named == null ? Optional.of(settings.organizacoes().iterator().next()) : uuid(named);
        return organization
                .filter(settings.organizacoes()::contains)
                .orElseThrow(() -> new RuleViolation("ORGANIZACAO_DESCONHECIDA"));
    }

    private void refuse(Message<?> message, BiFunction<String, String, Recusa> as, String rule) {
        var data = as.apply(message.id(), rule);
        var contract = data.getClass().getAnnotation(Publishes.class);
        var refusal = new Message<>(
                contract.topic(),
                message.id() + "-recusa",
                contract.value(),
                message.key(),
                data,
                clock.instant(),
                "mutirao",
                requireNonNullElse(message.correlationId(), message.id()),
                Map.of());
        try {
            NotConfirmed.await(producer.send(refusal));
        } catch (NotConfirmed e) {
            if (!e.isNobody()) { // who asks without listening gets no answer
                throw e;
            }
        }
    }
}
