package mutirao.organizacao.command;

import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.util.UUID;
import mutirao.api.Visivel;
import mutirao.organizacao.api.OrganizacaoCommand.CriarOrganizacao;
import mutirao.organizacao.api.OrganizacaoId;
import mutirao.platform.command.Commands;
import mutirao.platform.command.Receipt;
import mutirao.platform.command.Sender;
import mutirao.platform.rest.Ids;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
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

    @PostMapping
    @ResponseStatus(HttpStatus.CREATED)
    Receipt criar(@RequestBody @Valid NovaOrganizacao nova, Sender sender) {
        var id = new OrganizacaoId(Ids.orNew(nova.id));
        return commands.send(new CriarOrganizacao(id, nova.name), sender.in(id.value()));
    }
}
