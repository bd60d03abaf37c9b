package io.tulle.registry.store;

import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Versions in a SQLite file: one connection writes, others read. */
final class SqliteVersions implements Versions {
    private static final int REVISIONS_AT_ONCE = 64;

    private final DataFolder folder;
    private final ConnectionSource source;
    private final SqliteReaders readers;
    private final State opened;
    private @Nullable SqliteGroup writing;

    private SqliteVersions(DataFolder folder, ConnectionSource source, Sql sql, State opened) {
        this.folder = folder;
        this.source = source;
        this.opened = opened;
        this.readers = new SqliteReaders(folder.database(), source);
        this.writing = group(sql);
    }

    /**
     * Opens the file of a folder, and makes both when they are missing.
     *
     * @throws UnusableStoreException if that cannot be done
     */
    static SqliteVersions open(Path path, ConnectionSource source) {
        DataFolder folder = DataFolder.take(path);
        try {
            return open(folder, source);
        } catch (SQLException e) {
            folder.close();
            throw SqliteFailure.opening(folder.database(), e);
        } catch (RuntimeException e) {
            folder.close();
            throw e;
        }
    }

    private static SqliteVersions open(DataFolder folder, ConnectionSource source) throws SQLException {
        Sql sql = new Sql(source.open(folder.database()));
        try {
            return new SqliteVersions(folder, source, sql, SqliteSchema.open(folder.database(), sql));
        } catch (SQLException | RuntimeException e) {
            sql.close();
            throw e;
        }
    }

    private SqliteGroup group(Sql sql) {
        return new SqliteGroup(folder.database(), sql, () -> writing = null);
    }

    @Override
    public State opened() {
        return opened;
    }

    @Override
    public Group begin() {
        SqliteGroup group = writing;
        if (group == null) {
            group = reopen();
            writing = group;
        }
        group.begin();
        return group;
    }

    private SqliteGroup reopen() {
        try {
            return group(new Sql(source.open(folder.database())));
        } catch (SQLException e) {
            throw SqliteFailure.writing(folder.database(), e);
        }
    }

    @Override
    public List<Entry> range(KeyRange keys, int limit, long revision) {
        return readers.read(sql -> sql.all(
                "SELECT " + SqliteRows.COLUMNS + " FROM kv AS v WHERE key >= ? AND key < ? AND deleted = 0"
                        + " AND rev = (SELECT max(rev) FROM kv WHERE key = v.key AND rev <= ?) ORDER BY key LIMIT ?",
                SqliteRows::entry,
                keys.from(),
                SqliteRows.end(keys),
                revision,
                limit));
    }

    @Override
    public Page changes(KeyRange keys, long after, long upTo) {
        long last = Math.min(upTo, after + REVISIONS_AT_ONCE);
        return readers.read(sql -> {
            List<Version> versions = sql.all(
                    "SELECT " + SqliteRows.COLUMNS
                            + " FROM kv INDEXED BY kv_rev WHERE rev > ? AND rev <= ? AND key >= ? AND key < ? ORDER BY rev, key",
                    SqliteRows::version,
                    after,
                    last,
                    keys.from(),
                    SqliteRows.end(keys));
            return new Page(changes(sql, versions), last);
        });
    }

    private static List<Change> changes(Sql sql, List<Version> versions) throws SQLException {
        List<Change> changes = new ArrayList<>();
        List<Change.Event> events = new ArrayList<>();
        for (int i = 0; i < versions.size(); i++) {
            Version version = versions.get(i);
            events.add(new Change.Event(version.key(), version.entry(), before(sql, version)));
            if (i + 1 == versions.size() || versions.get(i + 1).revision() != version.revision()) {
                changes.add(new Change(version.revision(), events));
                events.clear();
            }
        }
        return changes;
    }

    private static @Nullable Entry before(Sql sql, Version version) throws SQLException {
        return sql.one(
                "SELECT " + SqliteRows.COLUMNS + " FROM kv WHERE key = ? AND rev < ? ORDER BY rev DESC LIMIT 1",
                SqliteRows::entry,
                version.key(),
                version.revision());
    }

    @Override
    public void close() {
        try (folder;
                readers) {
            if (writing != null) {
                writing.close();
            }
        }
    }
}
