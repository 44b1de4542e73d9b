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

    /// Most name the item as their line does; only others need its key.
    private static <L extends Linha> int indexOf(List<L> lines, Item item) {
        for (int i = 0; i < lines.size(); i++) {
            if (lines.get(i).item().equals(item.item())) {
                return i;
            }
        }
        var key = item.key();
        for (int i = 0; i < lines.size(); i++) {
            if (lines.get(i).key().equals(key)) {
                return i;
            }
        }
        return -1;
    }

    /// The line of that item.
    ///
    /// @param key see [Item#key(String)]
    static <L extends Linha> Optional<L> find(List<L> lines, String key) {
        return lines.stream().filter(line -> line.key().equals(key)).findFirst();
    }

    /// The lines with `change` made to each one that `items` names; items without a line change nothing.
    static <L extends Linha> List<L> change(List<L> lines, List<Item> items, BiFunction<L, Long, L> change) {
        var changed = new ArrayList<>(lines);
        for (var item : items) {
            var index = indexOf(changed, item);
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
