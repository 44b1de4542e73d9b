package mutirao.auditoria.query;

import java.util.List;
import mutirao.platform.eventstore.RecordedEvent;
import mutirao.platform.projection.ReadModel;
import mutirao.platform.projection.Table;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/// Which events changed views of other aggregates than their own: a delivery's steps move with events of its offer and
/// its need. One row per such event, so that a delivery can be folded again without looking for them.
@Component
final class VisaoProjection implements ReadModel<VisaoProjection.Alheio> {
    private final Visoes visoes;
    private final Table<Alheio> table;

    /// @param views `<context>/<uuid>`
    record Alheio(long position, List<String> views) {}

    /// A view that is told other events than before is another version of this table too.
    VisaoProjection(List<ReadModel<?>> others) {
        this.visoes = new Visoes(others);
        var versions = others.stream()
                .filter(model -> visoes.of(model.table().name()).isPresent()
                        && model.table().contexts().size() != 1)
                .mapToInt(model -> model.table().version())
                .sum();
        this.table = Table.of("auditoria_visao", versions, Alheio.class)
                .folding(visoes.shared())
                .keyed("position")
                .index("view", "using gin (views jsonb_path_ops)");
    }

    @Override
    public Table<Alheio> table() {
        return table;
    }

    @Override
    public @Nullable Object keyOf(RecordedEvent event) {
        return foreign(event).isEmpty() ? null : event.meta().position();
    }

    @Override
    public Alheio evolve(@Nullable Alheio row, RecordedEvent event) {
        return new Alheio(event.meta().position(), foreign(event));
    }

    /// What cannot be read changes no view.
    private List<String> foreign(RecordedEvent event) {
        try {
            return visoes.foreign(event);
        } catch (RuntimeException _) { // upcasters and the records' own checks throw what they like
            return List.of();
        }
    }
}
