package mutirao.ticket.command;

import static mutirao.platform.identity.Role.ADMIN;
import static mutirao.platform.identity.Role.COORDENADOR;
import static mutirao.platform.identity.Role.TECNICO;

import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.util.UUID;
import mutirao.platform.command.Commands;
import mutirao.platform.command.Receipt;
import mutirao.platform.command.Sender;
import mutirao.platform.identity.OpenTo;
import mutirao.platform.identity.OpenToPeople;
import mutirao.platform.rest.Ids;
import mutirao.platform.rest.Reason;
import mutirao.ticket.api.NovoTicket;
import mutirao.ticket.api.Prioridade;
import mutirao.ticket.api.TicketCommand.AlterarPrioridade;
import mutirao.ticket.api.TicketCommand.AtribuirTicket;
import mutirao.ticket.api.TicketCommand.ComentarTicket;
import mutirao.ticket.api.TicketCommand.FecharTicket;
import mutirao.ticket.api.TicketCommand.ReabrirTicket;
import mutirao.ticket.api.TicketId;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/api/tickets")
class TicketController {
    private static final String WHO_OPENED_IT = "quem o abriu; senão suporte";

    private final Commands commands;

    TicketController(Commands commands) {
        this.commands = commands;
    }

    record Atribuicao(@NotNull UUID technicianId) {}

    record NovoComentario(@NotBlank @Size(max = 5000) String text) {}

    record NovaPrioridade(@NotNull Prioridade priority) {}

    record Fechamento(@NotBlank @Size(max = 5000) String resolution) {}

    @OpenToPeople
    @PostMapping
    @ResponseStatus(HttpStatus.CREATED)
    Receipt criar(@RequestBody @Valid NovoTicket novo, Sender sender) {
        return commands.send(novo.command(new TicketId(Ids.orNew(novo.id(), sender)), sender.userId()), sender);
    }

    @OpenTo(
            value = {ADMIN, COORDENADOR, TECNICO},
            also = "só a alguém da organização")
    @PostMapping("/{id}/atribuicao")
    Receipt atribuir(@PathVariable UUID id, @RequestBody @Valid Atribuicao body, Sender sender) {
        return commands.send(new AtribuirTicket(new TicketId(id), body.technicianId), sender);
    }

    @OpenToPeople(also = WHO_OPENED_IT)
    @PostMapping("/{id}/comentarios")
    Receipt comentar(@PathVariable UUID id, @RequestBody @Valid NovoComentario body, Sender sender) {
        return commands.send(new ComentarTicket(new TicketId(id), body.text, sender.userId()), sender);
    }

    @OpenTo({ADMIN, COORDENADOR, TECNICO})
    @PutMapping("/{id}/prioridade")
    Receipt alterarPrioridade(@PathVariable UUID id, @RequestBody @Valid NovaPrioridade body, Sender sender) {
        return commands.send(new AlterarPrioridade(new TicketId(id), body.priority), sender);
    }

    @OpenTo({ADMIN, COORDENADOR, TECNICO})
    @PostMapping("/{id}/fechamento")
    Receipt fechar(@PathVariable UUID id, @RequestBody @Valid Fechamento body, Sender sender) {
        return commands.send(new FecharTicket(new TicketId(id), body.resolution), sender);
    }

    @OpenToPeople(also = WHO_OPENED_IT)
    @PostMapping("/{id}/reabertura")
    Receipt reabrir(@PathVariable UUID id, @RequestBody @Valid Reason body, Sender sender) {
        return commands.send(new ReabrirTicket(new TicketId(id), body.reason()), sender);
    }
}
