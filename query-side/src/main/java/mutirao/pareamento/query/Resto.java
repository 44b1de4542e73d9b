package mutirao.pareamento.query;

import java.util.List;
import java.util.Map;
import java.util.function.ToLongFunction;
import mutirao.api.Linha;
import mutirao.platform.query.Search;

/// So much of a line that is still missing in a need, or still left in an offer.
///
/// @param item     in its line's spelling
/// @param line     identifies it within its need or offer, see [Linha#key]
/// @param key      what it is matched by: name and unit without accents and case
/// @param quantity whole units, above 0
record Resto(String item, String unit, String line, String key, long quantity) {
    /// What remains of some lines.
    ///
    /// @param taken units to leave out, by line
    static <L extends Linha> List<Resto> of(List<L> lines, ToLongFunction<L> units, Map<String, Long> taken) {
        return lines.stream()
                .map(line -> of(line, units.applyAsLong(line), taken))
                .filter(rest -> rest.quantity > 0)
                .toList();
    }

    private static Resto of(Linha line, long units, Map<String, Long> taken) {
        var name = line.key();
        return new Resto(
                line.item(),
                line.unit(),
                name,
                Search.plain(line.item()) + "\n" + Search.plain(line.unit()),
                units - taken.getOrDefault(name, 0L));
    }

    /// Whether a delivery can name both lines as they are: names differ in case and spaces only, units not at all.
    boolean sameAs(Resto other) {
        return line.equals(other.line) && unit.equals(other.unit);
    }
}
