package mutirao.api;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;

/// One line of a need or an offer, identified within it by its item.
public interface Linha {
    /// What, in its first spelling.
    String item();

    /// The unit that its quantities count.
    String unit();

    /// See [Item#key(String)].
    default String key() {
        return Item.key(item());
    }

    /// Most name the item as their line does; only others need its key. Where two lines have it, from when names were
    /// compared more narrowly, the one that was meant then is meant still.
    private static <L extends Linha> int indexOf(List<L> lines, String item) {
        for (int i = 0; i < lines.size(); i++) {
            if (lines.get(i).item().equals(item)) {
                return i;
            }
        }
        var key = Item.key(item);
        var found = -1;
        for (int i = 0; i < lines.size(); i++) {
            var line = lines.get(i);
            if (line.key().equals(key) && (found < 0 || Item.oldKey(line.item()).equals(Item.oldKey(item)))) {
                found = i;
            }
        }
        return found;
    }

    /// The line that an item is.
    ///
    /// @param item its name, as typed
    static <L extends Linha> Optional<L> find(List<L> lines, String item) {
        var index = indexOf(lines, item);
        return index < 0 ? Optional.empty() : Optional.of(lines.get(index));
    }

    /// The lines with `change` made to each one that `items` names; items without a line change nothing.
    static <L extends Linha> List<L> change(List<L> lines, List<Item> items, BiFunction<L, Long, L> change) {
        var changed = new ArrayList<>(lines);
        for (var item : items) {
            var index = indexOf(changed, item.item());
            if (index >= 0) {
                changed.set(index, change.apply(changed.get(index), item.quantity()));
            }
        }
        return List.copyOf(changed);
    }

    /// Whether no two of the items name the same line.
    static boolean distinct(List<String> items) {
        var seen = new HashSet<String>();
        return items.stream().map(Item::key).allMatch(seen::add);
    }
}
