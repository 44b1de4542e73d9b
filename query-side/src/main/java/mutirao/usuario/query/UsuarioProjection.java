package mutirao.usuario.query;

import static java.util.Objects.requireNonNull;
import static java.util.Objects.requireNonNullElse;

import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import mutirao.platform.eventstore.EventMeta;
import mutirao.platform.projection.Projection;
import mutirao.platform.projection.Table;
import mutirao.platform.query.Search;
import mutirao.usuario.api.Papel;
import mutirao.usuario.api.UsuarioEvent;
import mutirao.usuario.api.UsuarioEvent.*;
import mutirao.usuario.api.UsuarioResumo;
import mutirao.usuario.api.UsuarioStatus;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/// People: one row for each in each organization.
@Component
final class UsuarioProjection implements Projection<UsuarioEvent, UsuarioResumo> {
    static final Table<UsuarioResumo> TABLE =
            Table.of("usuario", 1, UsuarioResumo.class).with("search", UsuarioProjection::search);

    @Override
    public Table<UsuarioResumo> table() {
        return TABLE;
    }

    @Override
    public Set<String> contexts() {
        return Set.of("usuario");
    }

    @Override
    public Object keyOf(UsuarioEvent event, EventMeta meta) {
        return event.id().value();
    }

    @Override
    public UsuarioResumo evolve(@Nullable UsuarioResumo before, UsuarioEvent event, EventMeta meta) {
        if (event instanceof UsuarioCadastrado e) {
            return cadastrado(e, meta);
        }
        var row = requireNonNull(before);
        return switch (event) {
            case UsuarioCadastrado _ -> throw new IllegalStateException("registered twice");
            case UsuarioAtualizado e -> contato(row, e, meta);
            case PapeisAlterados e -> mudado(row, row.status(), e.roles(), meta);
            case UsuarioDesativado _ -> mudado(row, UsuarioStatus.INATIVO, row.roles(), meta);
            case UsuarioReativado _ -> mudado(row, UsuarioStatus.ATIVO, row.roles(), meta);
        };
    }

    private static UsuarioResumo cadastrado(UsuarioCadastrado e, EventMeta meta) {
        return new UsuarioResumo(
                e.id().value(),
                meta.version(),
                UsuarioStatus.ATIVO,
                e.name(),
                e.email(),
                e.phone(),
                List.of(),
                meta.timestamp(),
                meta.timestamp());
    }

    private static UsuarioResumo contato(UsuarioResumo row, UsuarioAtualizado e, EventMeta meta) {
        return new UsuarioResumo(
                row.id(),
                meta.version(),
                row.status(),
                e.name(),
                e.email(),
                e.phone(),
                row.roles(),
                row.createdAt(),
                meta.timestamp());
    }

    private static UsuarioResumo mudado(UsuarioResumo row, UsuarioStatus status, List<Papel> roles, EventMeta meta) {
        return new UsuarioResumo(
                row.id(),
                meta.version(),
                status,
                row.name(),
                row.email(),
                row.phone(),
                roles,
                row.createdAt(),
                meta.timestamp());
    }

    private static String search(UsuarioResumo row) {
        return Search.text(Stream.of(row.name(), row.email(), requireNonNullElse(row.phone(), "")));
    }
}
