package mutirao.platform.projection;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.sql.DataSource;
import mutirao.platform.eventstore.RecordedEvent;
import mutirao.platform.projection.Rows.Owned;
import mutirao.platform.stream.Subscriber;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.datasource.DataSourceUtils;
import org.springframework.jdbc.support.SQLExceptionSubclassTranslator;

/// Runs a projection live: one batch selects the rows it touches, folds, and writes them back.
final class ProjectionSubscriber<R extends Record> implements Subscriber {
    private final ReadModel<R> model;
    private final Rows<R> rows;
    private final DataSource pool;

    ProjectionSubscriber(ReadModel<R> model, DataSource pool) {
        this.model = model;
        this.rows = new Rows<>(model.table());
        this.pool = pool;
    }

    /// The name of a version's follower.
    static String nameOf(String projection, int version) {
        return "projecao:" + projection + (version == 1 ? "" : "@" + version);
    }

    Table<R> table() {
        return model.table();
    }

    Rows<R> rows() {
        return rows;
    }

    @Override
    public String name() {
        return nameOf(table().name(), table().version());
    }

    @Override
    public Set<String> contexts() {
        return table().contexts();
    }

    @Override
    public boolean waitsToBeBuilt() {
        return true;
    }

    @Override
    public Collection<String> sequencesOf(RecordedEvent event) {
        var key = model.keyOf(event);
        return key == null ? List.of() : List.of(key.toString());
    }

    @Override
    public void handle(List<Delivery> deliveries) {
        handle(table().physical(), deliveries.stream().map(Delivery::event).toList());
    }

    /// Folds events into a table of this projection's shape, in the running transaction.
    void handle(String name, List<RecordedEvent> events) {
        var connection = DataSourceUtils.getConnection(pool);
        try {
            apply(connection, name, events);
        } finally {
            DataSourceUtils.releaseConnection(connection, pool);
        }
    }

    /// The same in a connection's transaction.
    void apply(Connection connection, String name, List<RecordedEvent> events) {
        try {
            write(connection, name, events);
        } catch (SQLException e) {
            var translated = new SQLExceptionSubclassTranslator().translate("projection " + name, null, e);
            throw translated == null ? new IllegalStateException(e) : translated;
        }
    }

    private void write(Connection connection, String name, List<RecordedEvent> events) throws SQLException {
        Map<Object, List<RecordedEvent>> byKey = new LinkedHashMap<>();
        for (var event : events) {
            var key = model.keyOf(event);
            if (key != null) {
                byKey.computeIfAbsent(key, _ -> new ArrayList<>()).add(event);
            }
        }
        var before = table().perEvent() ? Map.<Object, Owned<R>>of() : rows.load(connection, name, byKey.keySet());
        var after = new HashMap<Object, @Nullable Owned<R>>();
        byKey.forEach((key, ofKey) -> {
            var row = before.get(key);
            for (var event : ofKey) {
                row = fold(row, event);
            }
            after.put(key, row);
        });
        rows.save(connection, name, after);
    }

    /// The row after an event, and whose it is: the organization of the event that made it.
    @Nullable
    Owned<R> fold(@Nullable Owned<R> owned, RecordedEvent event) {
        var row = model.next(owned == null ? null : owned.row(), event);
        if (row == null) {
            return null;
        }
        return new Owned<>(row, owned == null ? event.meta().organizationId() : owned.organization());
    }

    @Nullable
    Object keyOf(RecordedEvent event) {
        return model.keyOf(event);
    }
}
