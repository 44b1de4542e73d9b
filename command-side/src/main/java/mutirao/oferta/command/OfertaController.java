package mutirao.oferta.command;

import static mutirao.platform.identity.Role.ADMIN;
import static mutirao.platform.identity.Role.COORDENADOR;
import static mutirao.platform.identity.Role.DOADOR;
import static mutirao.platform.identity.Role.VOLUNTARIO;

import jakarta.validation.Valid;
import jakarta.validation.constraints.Future;
import jakarta.validation.constraints.NotEmpty;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import mutirao.api.Categoria;
import mutirao.api.Item;
import mutirao.api.ItensDistintos;
import mutirao.api.Metadata;
import mutirao.api.Quantia;
import mutirao.oferta.api.NovaOferta;
import mutirao.oferta.api.OfertaCommand.AtualizarOferta;
import mutirao.oferta.api.OfertaCommand.CancelarOferta;
import mutirao.oferta.api.OfertaCommand.CancelarReserva;
import mutirao.oferta.api.OfertaCommand.ReservarOferta;
import mutirao.oferta.api.OfertaId;
import mutirao.platform.command.Commands;
import mutirao.platform.command.Receipt;
import mutirao.platform.command.Sender;
import mutirao.platform.identity.OpenTo;
import mutirao.platform.rest.Ids;
import mutirao.platform.rest.MergePatch;
import mutirao.platform.rest.MergePatch.Place;
import mutirao.platform.rest.MergePatchMapping;
import mutirao.platform.rest.Reason;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/api/ofertas")
class OfertaController {
    private static final String WHO_MADE_IT = "quem a publicou; senão coordenação";

    private final Commands commands;

    OfertaController(Commands commands) {
        this.commands = commands;
    }

    record MudancaOferta(
            @Nullable Categoria category,

            @Nullable @Size(min = 1, max = 200) @ItensDistintos
            List<@Valid @NotNull Item> items,

            @Nullable @Valid Place location,
            @Future @Nullable Instant availableUntil,
            @Nullable @Metadata(removable = true) Map<String, @Nullable String> metadata) {}

    record NovaReserva(
            @Nullable UUID reservaId,
            @NotNull UUID volunteerId,
            @NotEmpty @Size(max = 200) @ItensDistintos List<@Valid @NotNull Quantia> items) {}

    @OpenTo({ADMIN, COORDENADOR, VOLUNTARIO, DOADOR})
    @PostMapping
    @ResponseStatus(HttpStatus.CREATED)
    Receipt publicar(@RequestBody @Valid NovaOferta nova, Sender sender) {
        return commands.send(nova.command(new OfertaId(Ids.orNew(nova.id(), sender)), sender.userId()), sender);
    }

    @OpenTo(
            value = {ADMIN, COORDENADOR, VOLUNTARIO, DOADOR},
            also = WHO_MADE_IT)
    @MergePatchMapping("/{id}")
    Receipt atualizar(@PathVariable UUID id, MergePatch<MudancaOferta> patch, Sender sender) {
        var mudanca = patch.value();
        return commands.send(
                new AtualizarOferta(
                        new OfertaId(id),
                        patch.required("category", mudanca.category),
                        patch.required("items", mudanca.items),
                        patch.place("location", mudanca.location),
                        patch.required("availableUntil", mudanca.availableUntil),
                        patch.metadata("metadata", mudanca.metadata)),
                sender);
    }

    @OpenTo(
            value = {ADMIN, COORDENADOR, VOLUNTARIO},
            also = "o voluntário só a si mesmo; coordenação a qualquer um que não aja só em outra organização")
    @PostMapping("/{id}/reservas")
    @ResponseStatus(HttpStatus.CREATED)
    Receipt reservar(@PathVariable UUID id, @RequestBody @Valid NovaReserva nova, Sender sender) {
        return commands.send(
                new ReservarOferta(
                        new OfertaId(id),
                        Ids.orNew(nova.reservaId, sender),
                        nova.volunteerId,
                        nova.items,
                        null,
                        null,
                        null),
                sender);
    }

    @OpenTo(
            value = {ADMIN, COORDENADOR, VOLUNTARIO, DOADOR},
            also = "quem a tem, quem publicou a oferta; senão coordenação")
    @DeleteMapping("/{id}/reservas/{reservaId}")
    Receipt cancelarReserva(@PathVariable UUID id, @PathVariable UUID reservaId, Sender sender) {
        return commands.send(new CancelarReserva(new OfertaId(id), reservaId, null), sender);
    }

    @OpenTo(
            value = {ADMIN, COORDENADOR, VOLUNTARIO, DOADOR},
            also = WHO_MADE_IT)
    @PostMapping("/{id}/cancelamento")
    Receipt cancelar(@PathVariable UUID id, @RequestBody @Valid Reason body, Sender sender) {
        return commands.send(new CancelarOferta(new OfertaId(id), body.reason()), sender);
    }
}
