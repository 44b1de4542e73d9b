package mutirao.organizacao.command;

import static mutirao.platform.identity.Role.ADMIN;
import static mutirao.platform.identity.Role.OPERADOR;

import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.util.UUID;
import mutirao.api.Visivel;
import mutirao.organizacao.api.OrganizacaoCommand.CriarOrganizacao;
import mutirao.organizacao.api.OrganizacaoCommand.RenomearOrganizacao;
import mutirao.organizacao.api.OrganizacaoId;
import mutirao.platform.command.Commands;
import mutirao.platform.command.Receipt;
import mutirao.platform.command.Sender;
import mutirao.platform.identity.OpenTo;
import mutirao.platform.identity.Role;
import mutirao.platform.rest.Ids;
import mutirao.platform.rest.MergePatch;
import mutirao.platform.rest.MergePatchMapping;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/api/organizacoes")
class OrganizacaoController {
    private final Commands commands;

    OrganizacaoController(Commands commands) {
        this.commands = commands;
    }

    record NovaOrganizacao(
            @Nullable UUID id,
            @NotNull @Visivel @Size(max = 200) String name) {}

    /// The name alone can be named, so a patch always has it.
    record MudancaOrganizacao(
            @NotNull @Visivel @Size(max = 200) String name) {}

    @OpenTo(OPERADOR)
    @PostMapping
    @ResponseStatus(HttpStatus.CREATED)
    Receipt criar(@RequestBody @Valid NovaOrganizacao nova, Sender sender) {
        var id = new OrganizacaoId(Ids.orNew(nova.id, sender));
        return commands.send(new CriarOrganizacao(id, nova.name), sender.in(id.value()));
    }

    /// Whoever runs the installation names any; for everybody else there is none but their own.
    @OpenTo(
            value = {ADMIN, OPERADOR},
            also = "ADMIN a sua, OPERADOR qualquer uma")
    @MergePatchMapping("/{id}")
    Receipt renomear(@PathVariable UUID id, MergePatch<MudancaOrganizacao> patch, Sender sender) {
        return commands.send(
                new RenomearOrganizacao(new OrganizacaoId(id), patch.value().name),
                sender.actor().is(Role.OPERADOR) ? sender.in(id) : sender);
    }
}
