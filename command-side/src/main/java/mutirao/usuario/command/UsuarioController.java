package mutirao.usuario.command;

import static java.util.Objects.requireNonNullElse;
import static mutirao.platform.identity.Role.ADMIN;
import static mutirao.platform.identity.Role.OPERADOR;

import jakarta.validation.Valid;
import jakarta.validation.constraints.Email;
import jakarta.validation.constraints.NotEmpty;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.util.Set;
import java.util.UUID;
import mutirao.api.Visivel;
import mutirao.platform.command.Commands;
import mutirao.platform.command.Receipt;
import mutirao.platform.command.Sender;
import mutirao.platform.identity.OpenTo;
import mutirao.platform.identity.OpenToReaders;
import mutirao.platform.rest.Ids;
import mutirao.platform.rest.MergePatch;
import mutirao.platform.rest.MergePatchMapping;
import mutirao.usuario.api.Papel;
import mutirao.usuario.api.UsuarioCommand.AtualizarUsuario;
import mutirao.usuario.api.UsuarioCommand.CadastrarUsuario;
import mutirao.usuario.api.UsuarioCommand.DesativarUsuario;
import mutirao.usuario.api.UsuarioCommand.ReativarUsuario;
import mutirao.usuario.api.UsuarioId;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/api/usuarios")
class UsuarioController {
    /// A country code or none, 8 to 15 digits (E.164), and what people put between them.
    private static final String PHONE = "[+(]{0,2}\\d(?:[ ().-]{0,3}\\d){7,14}";

    private final Commands commands;

    UsuarioController(Commands commands) {
        this.commands = commands;
    }

    /// @param organizationId whose person it is; null for the caller's own organization
    record NovoUsuario(
            @Nullable UUID id,
            @NotNull @Visivel @Size(max = 200) String name,
            @NotNull @Email @Size(min = 3, max = 254) String email,

            @Nullable @Pattern(regexp = PHONE, message = "deve ser um telefone, como +55 51 99999-0000")
            String phone,

            @NotEmpty Set<@NotNull Papel> roles,
            @Nullable UUID organizationId) {}

    record MudancaUsuario(
            @Nullable @Visivel @Size(max = 200) String name,
            @Nullable @Email @Size(min = 3, max = 254) String email,

            @Nullable @Pattern(regexp = PHONE, message = "deve ser um telefone, como +55 51 99999-0000")
            String phone,

            @Nullable @Size(min = 1) Set<@NotNull Papel> roles) {}

    record Desativacao(@Nullable @Size(max = 1000) String reason) {}

    @OpenTo(
            value = {ADMIN, OPERADOR},
            also = "ADMIN na sua organização, OPERADOR em qualquer uma")
    @PostMapping
    @ResponseStatus(HttpStatus.CREATED)
    Receipt cadastrar(@RequestBody @Valid NovoUsuario novo, Sender sender) {
        return commands.send(
                new CadastrarUsuario(
                        new UsuarioId(Ids.orNew(novo.id, sender)), novo.name, novo.email, novo.phone, novo.roles),
                sender.in(requireNonNullElse(novo.organizationId, sender.organizationId())));
    }

    @OpenToReaders(also = "nome e contato: a si mesmo, ou ADMIN; papéis: ADMIN; um OPERADOR só outro muda")
    @MergePatchMapping("/{id}")
    Receipt atualizar(@PathVariable UUID id, MergePatch<MudancaUsuario> patch, Sender sender) {
        var mudanca = patch.value();
        return commands.send(
                new AtualizarUsuario(
                        new UsuarioId(id),
                        patch.required("name", mudanca.name),
                        patch.required("email", mudanca.email),
                        patch.optional("phone", mudanca.phone),
                        patch.required("roles", mudanca.roles)),
                sender);
    }

    @OpenTo(value = ADMIN, also = "não a si mesmo; um OPERADOR só outro")
    @PostMapping("/{id}/desativacao")
    Receipt desativar(
            @PathVariable UUID id, @RequestBody(required = false) @Valid @Nullable Desativacao body, Sender sender) {
        return commands.send(new DesativarUsuario(new UsuarioId(id), body == null ? null : body.reason), sender);
    }

    @OpenTo(value = ADMIN, also = "um OPERADOR só outro")
    @PostMapping("/{id}/reativacao")
    Receipt reativar(@PathVariable UUID id, Sender sender) {
        return commands.send(new ReativarUsuario(new UsuarioId(id)), sender);
    }
}
