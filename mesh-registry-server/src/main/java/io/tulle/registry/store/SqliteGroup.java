package io.tulle.registry.store;

import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The connection that writes, in a transaction. A group that was undone ends its connection: nothing of what went wrong is left in the next one. */
final class SqliteGroup implements Group, AutoCloseable {
    private static final byte[] NOTHING = {};

    private final Path database;
    private final Sql sql;
    private final Runnable undone;

    /** Creates it; {@code undone} is told when this connection is not used any more. */
    SqliteGroup(Path database, Sql sql, Runnable undone) {
        this.database = database;
        this.sql = sql;
        this.undone = undone;
    }

    private interface Writing<T> {
        T run() throws SQLException;
    }

    private <T extends @Nullable Object> T write(Writing<T> writing) {
        try {
            return writing.run();
        } catch (SQLException e) {
            throw SqliteFailure.writing(database, e);
        }
    }

    void begin() {
        write(() -> sql.update("BEGIN IMMEDIATE"));
    }

    @Override
    public @Nullable Entry newest(String key) {
        return this.<@Nullable Entry>write(() -> sql.one(
                "SELECT " + SqliteRows.COLUMNS + " FROM kv WHERE key = ? ORDER BY rev DESC LIMIT 1",
                SqliteRows::entry,
                key));
    }

    @Override
    public boolean anyAfter(KeyRange keys, long revision) {
        return this.<@Nullable Boolean>write(() -> sql.one(
                        "SELECT 1 FROM kv AS v INDEXED BY kv_rev WHERE rev > ? AND key >= ? AND key < ? AND deleted = 0"
                                + " AND NOT EXISTS (SELECT 1 FROM kv WHERE key = v.key AND rev > v.rev) LIMIT 1",
                        row -> true,
                        revision,
                        keys.from(),
                        SqliteRows.end(keys)))
                != null;
    }

    @Override
    public void write(Version version) {
        Entry entry = version.entry();
        write(() -> sql.update(
                "INSERT INTO kv (" + SqliteRows.COLUMNS + ") VALUES (?, ?, ?, ?, ?, ?)",
                version.key(),
                version.revision(),
                entry == null ? 0 : entry.created(),
                entry == null ? 1 : 0,
                entry == null ? NOTHING : entry.value(),
                entry == null ? 0 : entry.lease()));
    }

    @Override
    public long grant(Duration time) {
        return write(() -> Objects.requireNonNull(
                sql.one("INSERT INTO lease (nanos) VALUES (?) RETURNING id", row -> row.getLong(1), time.toNanos())));
    }

    @Override
    public boolean leased(long lease) {
        return this.<@Nullable Boolean>write(() -> sql.one("SELECT 1 FROM lease WHERE id = ?", row -> true, lease))
                != null;
    }

    @Override
    public List<String> hanging(long lease) {
        return write(() -> sql.all(
                "SELECT key FROM kv AS v WHERE lease = ? AND lease <> 0 AND deleted = 0"
                        + " AND NOT EXISTS (SELECT 1 FROM kv WHERE key = v.key AND rev > v.rev)",
                row -> row.getString(1),
                lease));
    }

    @Override
    public void forget(long lease) {
        write(() -> sql.update("DELETE FROM lease WHERE id = ?", lease));
    }

    @Override
    public void compact(long revision) {
        write(() -> {
            long before = Objects.requireNonNull(sql.one("SELECT compacted FROM meta", row -> row.getLong(1)));
            sql.update(
                    "DELETE FROM kv WHERE rowid IN (SELECT old.rowid FROM kv AS new INDEXED BY kv_rev"
                            + " CROSS JOIN kv AS old ON old.key = new.key AND old.rev < new.rev WHERE new.rev > ? AND new.rev <= ?)",
                    before,
                    revision);
            sql.update("DELETE FROM kv WHERE rev > ? AND rev <= ? AND deleted <> 0", before, revision);
            return sql.update("UPDATE meta SET compacted = ?", revision);
        });
    }

    /** A row larger than what is free in pages that are in use. The empty key is nobody's. */
    @Override
    public void probe() {
        write(() -> {
            sql.update("INSERT INTO kv (" + SqliteRows.COLUMNS + ") VALUES ('', 0, 0, 1, zeroblob(65536), 0)");
            return sql.update("DELETE FROM kv WHERE key = ''");
        });
    }

    @Override
    public void commit(long revision) {
        write(() -> {
            sql.update("UPDATE meta SET revision = ?1 WHERE revision <> ?1", revision);
            return sql.update("COMMIT");
        });
    }

    @Override
    public void rollback() {
        undone.run();
        close();
    }

    @Override
    public void close() {
        write(() -> {
            sql.close();
            return true;
        });
    }
}
