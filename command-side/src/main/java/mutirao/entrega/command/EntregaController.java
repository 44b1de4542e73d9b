package mutirao.entrega.command;

import static mutirao.platform.identity.Role.ADMIN;
import static mutirao.platform.identity.Role.COORDENADOR;
import static mutirao.platform.identity.Role.VOLUNTARIO;

import jakarta.validation.Valid;
import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.DecimalMin;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotEmpty;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.PastOrPresent;
import jakarta.validation.constraints.Size;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import mutirao.api.ItensDistintos;
import mutirao.api.Quantia;
import mutirao.entrega.api.EntregaCommand.*;
import mutirao.entrega.api.EntregaId;
import mutirao.necessidade.api.NecessidadeId;
import mutirao.oferta.api.OfertaId;
import mutirao.platform.command.Commands;
import mutirao.platform.command.Receipt;
import mutirao.platform.command.Sender;
import mutirao.platform.identity.OpenTo;
import mutirao.platform.identity.OpenToCoordination;
import mutirao.platform.rest.Ids;
import mutirao.platform.rest.Reason;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/api/entregas")
class EntregaController {
    private static final String ITS_VOLUNTEER = "só o voluntário dela";

    private final Commands commands;

    EntregaController(Commands commands) {
        this.commands = commands;
    }

    record NovaEntrega(
            @Nullable UUID id,
            @NotNull UUID ofertaId,
            @NotNull UUID necessidadeId,
            @NotNull UUID volunteerId,
            @NotEmpty @Size(max = 200) @ItensDistintos List<@Valid @NotNull Quantia> items,
            @Nullable UUID reservaId) {}

    record Ocorrido(@PastOrPresent @Nullable Instant occurredAt) {}

    record NovaPosicao(
            @NotNull @DecimalMin("-90") @DecimalMax("90") Double latitude,
            @NotNull @DecimalMin("-180") @DecimalMax("180") Double longitude,
            @PastOrPresent @Nullable Instant occurredAt) {}

    record Conclusao(
            @NotNull UUID receiverId,
            @NotBlank @Size(max = 20) String confirmationCode,
            @PastOrPresent @Nullable Instant occurredAt) {}

    record Cancelamento(
            @NotBlank @Size(max = 1000) String reason,
            @Nullable Boolean goodsReturned) {}

    @OpenTo(
            value = {ADMIN, COORDENADOR, VOLUNTARIO},
            also = "o voluntário só a si mesmo; coordenação a qualquer um que não aja só em outra organização")
    @PostMapping
    @ResponseStatus(HttpStatus.CREATED)
    Receipt solicitar(@RequestBody @Valid NovaEntrega nova, Sender sender) {
        return commands.send(
                new SolicitarEntrega(
                        new EntregaId(Ids.orNew(nova.id, sender)),
                        new OfertaId(nova.ofertaId),
                        new NecessidadeId(nova.necessidadeId),
                        nova.volunteerId,
                        nova.items,
                        nova.reservaId),
                sender);
    }

    @OpenTo(
            value = {ADMIN, COORDENADOR, VOLUNTARIO},
            also = ITS_VOLUNTEER)
    @PostMapping("/{id}/aceite")
    Receipt aceitar(@PathVariable UUID id, Sender sender) {
        return commands.send(new AceitarEntrega(new EntregaId(id)), sender);
    }

    @OpenTo(
            value = {ADMIN, COORDENADOR, VOLUNTARIO},
            also = ITS_VOLUNTEER)
    @PostMapping("/{id}/recusa")
    Receipt recusar(@PathVariable UUID id, @RequestBody @Valid Reason body, Sender sender) {
        return commands.send(new RecusarEntrega(new EntregaId(id), body.reason()), sender);
    }

    @OpenTo(
            value = {ADMIN, COORDENADOR, VOLUNTARIO},
            also = ITS_VOLUNTEER)
    @PostMapping("/{id}/inicio")
    Receipt iniciar(
            @PathVariable UUID id, @RequestBody(required = false) @Valid @Nullable Ocorrido body, Sender sender) {
        var occurredAt = body == null ? null : body.occurredAt;
        return commands.send(new IniciarEntrega(new EntregaId(id), occurredAt), sender);
    }

    @OpenTo(
            value = {ADMIN, COORDENADOR, VOLUNTARIO},
            also = ITS_VOLUNTEER)
    @PostMapping("/{id}/posicoes")
    Receipt registrarPosicao(@PathVariable UUID id, @RequestBody @Valid NovaPosicao body, Sender sender) {
        return commands.send(
                new RegistrarPosicao(new EntregaId(id), body.latitude, body.longitude, body.occurredAt), sender);
    }

    @OpenTo(
            value = {ADMIN, COORDENADOR, VOLUNTARIO},
            also = ITS_VOLUNTEER)
    @PostMapping("/{id}/conclusao")
    Receipt concluir(@PathVariable UUID id, @RequestBody @Valid Conclusao body, Sender sender) {
        return commands.send(
                new ConcluirEntrega(new EntregaId(id), body.receiverId, body.confirmationCode, body.occurredAt),
                sender);
    }

    @OpenToCoordination
    @PostMapping("/{id}/codigo/renovacao")
    Receipt renovarCodigo(@PathVariable UUID id, Sender sender) {
        return commands.send(new RenovarCodigo(new EntregaId(id)), sender);
    }

    @OpenTo(
            value = {ADMIN, COORDENADOR, VOLUNTARIO},
            also = "o voluntário dela; senão coordenação")
    @PostMapping("/{id}/cancelamento")
    Receipt cancelar(@PathVariable UUID id, @RequestBody @Valid Cancelamento body, Sender sender) {
        return commands.send(new CancelarEntrega(new EntregaId(id), body.reason, body.goodsReturned), sender);
    }
}
