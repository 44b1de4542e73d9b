package mutirao.platform.projection;

import java.util.List;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;

/// The tables of one projection in the database: the serving one, the shadow that a rebuild writes, and the one that
/// served before the last rebuild. They exchange their places by name, so a statement always finds the serving one.
final class TableSet {
    private static final Logger LOG = LoggerFactory.getLogger(TableSet.class);
    private static final String SHADOW = "_rebuild";
    private static final String KEPT = "_volta";
    private static final String ASIDE = "_aside";

    private final JdbcClient db;
    private final String serving;

    /// @param db in whose transactions
    TableSet(JdbcClient db, String serving) {
        this.db = db;
        this.serving = serving;
    }

    String serving() {
        return serving;
    }

    String shadow() {
        return serving + SHADOW;
    }

    String kept() {
        return serving + KEPT;
    }

    /// Makes an empty shadow without indexes.
    void createShadow() {
        db.sql("drop table if exists " + shadow()).update();
        db.sql("create table " + shadow() + " (like " + serving + " including defaults)")
                .update();
    }

    /// Drops the shadow. One that cannot be had soon, because somebody is looking at it or the database has gone, is
    /// left for the next clean-up.
    ///
    /// @return whether there is none now
    boolean discardShadow() {
        try {
            db.sql("do $$ begin set local lock_timeout = '1s'; drop table if exists " + shadow() + "; end $$")
                    .update();
            return true;
        } catch (DataAccessException e) {
            LOG.info("{} is left", shadow(), e);
            return false;
        }
    }

    void dropKept() {
        db.sql("drop table if exists " + kept()).update();
    }

    /// Gives the shadow its primary key.
    void createKey() {
        create(indexes(serving).stream().filter(Index::primary));
    }

    /// Gives the shadow the indexes of the serving table that it does not have yet, and statistics.
    void createIndexes() {
        var there = indexes(shadow()).stream().map(Index::name).toList();
        create(indexes(serving).stream().filter(index -> !there.contains(index.name() + SHADOW)));
        db.sql("analyze " + shadow()).update();
    }

    void emptyShadow() {
        db.sql("truncate " + shadow()).update();
    }

    long countShadow() {
        return db.sql("select count(*) from " + shadow()).query(Long.class).single();
    }

    private void create(Stream<Index> indexes) {
        indexes.forEach(index -> db.sql(index.on(shadow(), SHADOW)).update());
    }

    /// Puts the shadow in the serving table's place, in the running transaction.
    ///
    /// @param keep whether the one that served is kept
    void swap(boolean keep) {
        dropKept();
        if (keep) {
            rename(serving, "", KEPT);
        } else {
            db.sql("drop table " + serving).update();
        }
        rename(shadow(), SHADOW, "");
    }

    /// Lets the serving and the kept table change their places, in the running transaction.
    void exchange() {
        rename(serving, "", ASIDE);
        rename(kept(), KEPT, "");
        rename(serving + ASIDE, ASIDE, KEPT);
    }

    private void rename(String table, String suffix, String to) {
        indexes(table)
                .forEach(index -> db.sql("alter index " + index.name() + " rename to " + index.renamed(suffix, to))
                        .update());
        db.sql("alter table " + table + " rename to " + serving + to).update();
    }

    /// An index.
    ///
    /// @param definition the statement that makes it
    private record Index(String name, boolean primary, String definition) {
        /// The statement that makes its like on another table.
        String on(String table, String suffix) {
            if (primary) {
                return "alter table " + table + " add constraint " + name + suffix + " primary key "
                        + definition.substring(definition.indexOf('('));
            }
            var unique = definition.startsWith("CREATE UNIQUE") ? "unique " : "";
            return "create " + unique + "index " + name + suffix + " on " + table
                    + definition.substring(definition.indexOf(" USING "));
        }

        String renamed(String suffix, String to) {
            return name.substring(0, name.length() - suffix.length()) + to;
        }
    }

    private List<Index> indexes(String table) {
        return db.sql("""
                        select i.relname, x.indisprimary, pg_get_indexdef(x.indexrelid)
                        from pg_index x join pg_class i on i.oid = x.indexrelid
                        where x.indrelid = ?::regclass order by x.indisprimary desc, i.relname
                        """)
                .param(table)
                .query((row, _) -> new Index(row.getString(1), row.getBoolean(2), row.getString(3)))
                .list();
    }
}
