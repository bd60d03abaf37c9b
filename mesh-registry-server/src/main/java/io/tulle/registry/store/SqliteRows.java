package io.tulle.registry.store;

import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** How versions stand in the table. */
final class SqliteRows {
    /** Of every query for versions. */
    static final String COLUMNS = "key, rev, created, deleted, value, lease";

    /** Greater than every key, because it is no text. */
    private static final byte[] END = "end".getBytes(StandardCharsets.US_ASCII);

    private SqliteRows() {}

    static Version version(ResultSet row) throws SQLException {
        return new Version(row.getString(1), row.getLong(2), row.getBoolean(4) ? null : present(row));
    }

    /** Returns the entry, null when the row says that the key is gone. */
    static @Nullable Entry entry(ResultSet row) throws SQLException {
        return row.getBoolean(4) ? null : present(row);
    }

    private static Entry present(ResultSet row) throws SQLException {
        return new Entry(row.getString(1), row.getBytes(5), row.getLong(3), row.getLong(2), row.getLong(6));
    }

    /** Returns the argument for the end of a range. */
    static Object end(KeyRange keys) {
        return keys.to() == null ? END : keys.to();
    }
}
