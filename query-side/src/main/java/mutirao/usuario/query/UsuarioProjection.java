package mutirao.usuario.query;

import static java.util.Objects.requireNonNull;
import static java.util.Objects.requireNonNullElse;

import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.List;
import java.util.stream.Stream;
import mutirao.platform.eventstore.EventMeta;
import mutirao.platform.projection.Projection;
import mutirao.platform.projection.Table;
import mutirao.platform.query.Search;
import mutirao.usuario.api.UsuarioEvent;
import mutirao.usuario.api.UsuarioEvent.*;
import mutirao.usuario.api.UsuarioResumo;
import mutirao.usuario.api.UsuarioStatus;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/// People: one row for each in each organization.
@Component
@RecordBuilder.Include(UsuarioResumo.class)
final class UsuarioProjection implements Projection<UsuarioEvent, UsuarioResumo> {
    static final Table<UsuarioResumo> TABLE = Table.of(UsuarioEvent.class, 1, UsuarioResumo.class)
            .with("search", String.class, UsuarioProjection::search)
            .index("newest", "(organization_id, created_at, id)");

    @Override
    public Table<UsuarioResumo> table() {
        return TABLE;
    }

    @Override
    public UsuarioResumo evolve(@Nullable UsuarioResumo row, UsuarioEvent event, EventMeta meta) {
        if (event instanceof UsuarioCadastrado e) {
            return cadastrado(e);
        }
        var next = UsuarioResumoBuilder.builder(requireNonNull(row));
        return switch (event) {
            case UsuarioCadastrado _ -> throw new IllegalStateException("registered twice");
            case UsuarioAtualizado e ->
                next.name(e.name()).email(e.email()).phone(e.phone()).build();
            case PapeisAlterados e -> next.roles(e.roles()).build();
            case UsuarioDesativado _ -> next.status(UsuarioStatus.INATIVO).build();
            case UsuarioReativado _ -> next.status(UsuarioStatus.ATIVO).build();
        };
    }

    private static UsuarioResumo cadastrado(UsuarioCadastrado e) {
        return UsuarioResumoBuilder.builder()
                .status(UsuarioStatus.ATIVO)
                .name(e.name())
                .email(e.email())
                .phone(e.phone())
                .roles(List.of())
                .build();
    }

    private static String search(UsuarioResumo row) {
        return Search.text(Stream.of(row.name(), row.email(), requireNonNullElse(row.phone(), "")));
    }
}
