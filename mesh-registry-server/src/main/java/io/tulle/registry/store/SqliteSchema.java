package io.tulle.registry.store;

import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The format of the file. {@code meta} has one row; {@code kv} has a row for every version of every key, where {@code deleted} ones say that the key is gone;
 * {@code lease} has what was granted and not ended.
 */
final class SqliteSchema {
    /** Grows with every change that an older version would not understand. */
    static final int FORMAT = 1;

    private static final List<String> TABLES = List.of(
            "CREATE TABLE meta (format INTEGER NOT NULL, epoch TEXT NOT NULL, compacted INTEGER NOT NULL, revision INTEGER NOT NULL) STRICT",
            "CREATE TABLE kv (key TEXT NOT NULL, rev INTEGER NOT NULL, created INTEGER NOT NULL, deleted INTEGER NOT NULL, value BLOB NOT NULL,"
                    + " lease INTEGER NOT NULL) STRICT",
            "CREATE UNIQUE INDEX kv_key ON kv (key, rev)",
            "CREATE INDEX kv_rev ON kv (rev)",
            "CREATE INDEX kv_lease ON kv (lease) WHERE lease <> 0",
            "CREATE TABLE lease (id INTEGER PRIMARY KEY AUTOINCREMENT, nanos INTEGER NOT NULL) STRICT");

    private SqliteSchema() {}

    /**
     * Makes the tables in an empty file, or checks those that are there; returns what they hold.
     *
     * @throws UnusableStoreException if the file is corrupt, something else or of another format
     */
    static Versions.State open(Path database, Sql sql) throws SQLException {
        if (sql.one("SELECT 1 FROM sqlite_schema LIMIT 1", row -> true) == null) {
            make(sql);
        }
        checkFormat(database, sql);
        String finding = sql.one("PRAGMA quick_check(1)", row -> row.getString(1));
        if (!"ok".equals(finding)) {
            throw SqliteFailure.corrupt(database, String.valueOf(finding));
        }
        return state(database, sql);
    }

    private static void make(Sql sql) throws SQLException {
        sql.update("BEGIN IMMEDIATE");
        for (String table : TABLES) {
            sql.update(table);
        }
        sql.update(
                "INSERT INTO meta (format, epoch, compacted, revision) VALUES (?, ?, 0, 0)",
                FORMAT,
                UUID.randomUUID().toString());
        sql.update("COMMIT");
    }

    private static void checkFormat(Path database, Sql sql) throws SQLException {
        if (sql.one("SELECT 1 FROM sqlite_schema WHERE type = 'table' AND name = 'meta'", row -> true) == null) {
            throw new UnusableStoreException(
                    "cannot open " + database + ": it is the database of another program; choose another folder");
        }
        Integer format = sql.one("SELECT format FROM meta", row -> row.getInt(1));
        if (format == null || format != FORMAT) {
            throw new UnusableStoreException("cannot open " + database + ": its format is " + format + " (expected: "
                    + FORMAT + "); "
                    + (format == null ? "put a backup in its place" : "start the version of Tulle that wrote it"));
        }
    }

    private static Versions.State state(Path database, Sql sql) throws SQLException {
        Map<Long, Duration> leases = new TreeMap<>();
        sql.all("SELECT id, nanos FROM lease", row -> leases.put(row.getLong(1), Duration.ofNanos(row.getLong(2))));
        Versions.@Nullable State state = sql.one(
                "SELECT epoch, revision, compacted FROM meta",
                row -> new Versions.State(row.getString(1), row.getLong(2), row.getLong(3), leases));
        Long newest = sql.one("SELECT coalesce(max(rev), 0) FROM kv", row -> row.getLong(1));
        if (state == null || newest == null || newest > state.revision() || state.compacted() > state.revision()) {
            throw SqliteFailure.corrupt(database, "revision " + newest + " is in it, and its state is " + state);
        }
        return state;
    }
}
