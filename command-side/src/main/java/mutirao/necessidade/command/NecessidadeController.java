package mutirao.necessidade.command;

import com.fasterxml.jackson.annotation.JsonProperty;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Future;
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
import mutirao.necessidade.api.NecessidadeCommand.AtualizarNecessidade;
import mutirao.necessidade.api.NecessidadeCommand.CancelarNecessidade;
import mutirao.necessidade.api.NecessidadeId;
import mutirao.necessidade.api.NovaNecessidade;
import mutirao.necessidade.api.Urgencia;
import mutirao.platform.command.Commands;
import mutirao.platform.command.Receipt;
import mutirao.platform.command.Sender;
import mutirao.platform.identity.OpenToPeople;
import mutirao.platform.rest.Ids;
import mutirao.platform.rest.MergePatch;
import mutirao.platform.rest.MergePatch.Place;
import mutirao.platform.rest.MergePatchMapping;
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
@RequestMapping("/api/necessidades")
class NecessidadeController {
    private static final String WHO_MADE_IT = "quem a criou; senão coordenação";

    private final Commands commands;

    NecessidadeController(Commands commands) {
        this.commands = commands;
    }

    record MudancaNecessidade(
            @Nullable Categoria category,

            @Nullable @Size(min = 1, max = 200) @ItensDistintos
            List<@Valid @NotNull Item> items,

            @Nullable @Valid Place location,
            @Nullable Urgencia urgency,
            @Future @Nullable Instant neededUntil,
            @Nullable @Metadata(removable = true) Map<String, @Nullable String> metadata,
            @JsonProperty("public") @Nullable Boolean publica) {}

    @OpenToPeople
    @PostMapping
    @ResponseStatus(HttpStatus.CREATED)
    Receipt criar(@RequestBody @Valid NovaNecessidade nova, Sender sender) {
        return commands.send(nova.command(new NecessidadeId(Ids.orNew(nova.id(), sender)), sender.userId()), sender);
    }

    @OpenToPeople(also = WHO_MADE_IT)
    @MergePatchMapping("/{id}")
    Receipt atualizar(@PathVariable UUID id, MergePatch<MudancaNecessidade> patch, Sender sender) {
        var mudanca = patch.value();
        return commands.send(
                new AtualizarNecessidade(
                        new NecessidadeId(id),
                        patch.required("category", mudanca.category),
                        patch.required("items", mudanca.items),
                        patch.place("location", mudanca.location),
                        patch.required("urgency", mudanca.urgency),
                        patch.optional("neededUntil", mudanca.neededUntil),
                        patch.metadata("metadata", mudanca.metadata),
                        patch.required("public", mudanca.publica)),
                sender);
    }

    @OpenToPeople(also = WHO_MADE_IT)
    @PostMapping("/{id}/cancelamento")
    Receipt cancelar(@PathVariable UUID id, @RequestBody @Valid Reason body, Sender sender) {
        return commands.send(new CancelarNecessidade(new NecessidadeId(id), body.reason()), sender);
    }
}
