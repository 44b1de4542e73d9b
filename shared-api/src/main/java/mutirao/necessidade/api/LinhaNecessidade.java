package mutirao.necessidade.api;

import static mutirao.api.Linha.find;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import mutirao.api.Item;
import mutirao.api.Linha;

/// One line of a need: what was asked for, what a delivery under way has promised, what has arrived. Whole units.
public record LinhaNecessidade(String item, String unit, long requested, long committed, long delivered)
        implements Linha {
    /// @throws IllegalStateException when less than nothing is promised: an event without the one that it builds on
    public LinhaNecessidade {
        if (committed < 0) {
            throw new IllegalStateException(committed + " of " + item + " promised");
        }
    }

    /// A line nobody has promised anything for.
    public static LinhaNecessidade of(Item item) {
        return new LinhaNecessidade(Item.spelling(item.item()), item.unit(), item.quantity(), 0, 0);
    }

    /// What nobody has promised yet, never negative.
    @JsonProperty
    public long pending() {
        return requested - committed - delivered;
    }

    /// What an update cannot take back.
    public long engaged() {
        return committed + delivered;
    }

    LinhaNecessidade comprometer(long quantity) {
        return new LinhaNecessidade(item, unit, requested, committed + quantity, delivered);
    }

    LinhaNecessidade liberar(long quantity) {
        return comprometer(-quantity);
    }

    LinhaNecessidade atender(long quantity) {
        return new LinhaNecessidade(item, unit, requested, committed - quantity, delivered + quantity);
    }

    /// The lines after an event of their need: the one fold that the aggregate and the read models share.
    public static List<LinhaNecessidade> apos(List<LinhaNecessidade> lines, NecessidadeEvent event) {
        return switch (event) {
            case NecessidadeEvent.NecessidadeCriada e ->
                e.items().stream().map(LinhaNecessidade::of).toList();
            case NecessidadeEvent.NecessidadeAtualizada e ->
                e.items().stream().map(item -> replaced(lines, item)).toList();
            case NecessidadeEvent.NecessidadeComprometida e ->
                Linha.change(lines, e.items(), LinhaNecessidade::comprometer);
            case NecessidadeEvent.CompromissoLiberado e -> Linha.change(lines, e.items(), LinhaNecessidade::liberar);
            case NecessidadeEvent.NecessidadeAtendida e -> Linha.change(lines, e.items(), LinhaNecessidade::atender);
            case NecessidadeEvent.NecessidadeCancelada _,
                    NecessidadeEvent.NecessidadeExpirada _,
                    NecessidadeEvent.NecessidadePublicada _,
                    NecessidadeEvent.NecessidadeRecolhida _,
                    NecessidadeEvent.CompromissoRecusado _ -> lines;
        };
    }

    private static LinhaNecessidade replaced(List<LinhaNecessidade> lines, Item item) {
        return find(lines, item.item())
                .map(old -> new LinhaNecessidade(old.item, item.unit(), item.quantity(), old.committed, old.delivered))
                .orElseGet(() -> of(item));
    }
}
