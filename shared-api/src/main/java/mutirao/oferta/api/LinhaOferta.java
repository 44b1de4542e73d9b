package mutirao.oferta.api;

import static mutirao.api.Linha.find;

import java.util.List;
import mutirao.api.Item;
import mutirao.api.Linha;
import mutirao.oferta.api.OfertaEvent.Outcome;

/// One line of an offer. `published = available + reserved + delivered + lost + withdrawn`, nothing ever negative.
/// Whole units.
public record LinhaOferta(
        String item,
        String unit,
        long published,
        long available,
        long reserved,
        long delivered,
        long lost,
        long withdrawn)
        implements Linha {
    /// A line nobody has reserved anything of.
    public static LinhaOferta of(Item item) {
        return new LinhaOferta(Item.spelling(item.item()), item.unit(), item.quantity(), item.quantity(), 0, 0, 0, 0);
    }

    /// What an update cannot take back.
    public long engaged() {
        return reserved + delivered + lost;
    }

    /// What a hold can be made of: the available units, or after the offer's end the withdrawn ones (a hold that
    /// lapsed after its delivery was accepted is restored from them).
    public long free() {
        return available + withdrawn;
    }

    private LinhaOferta reservar(long quantity, boolean ended) {
        return new LinhaOferta(
                item,
                unit,
                published,
                ended ? available : available - quantity,
                reserved + quantity,
                delivered,
                lost,
                ended ? withdrawn - quantity : withdrawn);
    }

    private LinhaOferta baixar(long quantity, Outcome outcome) {
        return new LinhaOferta(
                item,
                unit,
                published,
                available,
                reserved - quantity,
                delivered + (outcome == Outcome.DELIVERED ? quantity : 0),
                lost + (outcome == Outcome.LOST ? quantity : 0),
                withdrawn);
    }

    private LinhaOferta retirar() {
        return new LinhaOferta(item, unit, published, 0, reserved, delivered, lost, withdrawn + available);
    }

    /// The lines after an event of their offer: the one fold that the aggregate and the read models share.
    ///
    /// @param ended whether the offer had ended before the event
    public static List<LinhaOferta> apos(List<LinhaOferta> lines, OfertaEvent event, boolean ended) {
        return switch (event) {
            case OfertaEvent.OfertaPublicada e ->
                e.items().stream().map(LinhaOferta::of).toList();
            case OfertaEvent.OfertaAtualizada e ->
                e.items().stream().map(item -> replaced(lines, item)).toList();
            case OfertaEvent.OfertaReservada e -> Linha.change(lines, e.items(), (line, n) -> line.reservar(n, ended));
            case OfertaEvent.ReservaCancelada e ->
                Linha.change(lines, e.items(), (line, n) -> line.reservar(-n, ended));
            case OfertaEvent.ReservaExpirada e -> Linha.change(lines, e.items(), (line, n) -> line.reservar(-n, ended));
            case OfertaEvent.ReservaBaixada e ->
                Linha.change(lines, e.items(), (line, n) -> line.baixar(n, e.outcome()));
            case OfertaEvent.OfertaExpirada _, OfertaEvent.OfertaCancelada _ ->
                lines.stream().map(LinhaOferta::retirar).toList();
            case OfertaEvent.ReservaRecusada _, OfertaEvent.ReservaConfirmada _ -> lines;
        };
    }

    private static LinhaOferta replaced(List<LinhaOferta> lines, Item item) {
        return find(lines, item.item())
                .map(old -> new LinhaOferta(
                        old.item,
                        item.unit(),
                        item.quantity(),
                        item.quantity() - old.engaged(),
                        old.reserved,
                        old.delivered,
                        old.lost,
                        0))
                .orElseGet(() -> of(item));
    }
}
