package io.tulle.registry.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A connection with its prepared statements. Not thread-safe. */
final class Sql implements AutoCloseable {
    private final Connection connection;
    private final Map<String, PreparedStatement> prepared = new HashMap<>();

    Sql(Connection connection) {
        this.connection = connection;
    }

    /** Reads a row; null leaves it out. */
    @FunctionalInterface
    interface Row<T> {
        @Nullable
        T of(ResultSet row) throws SQLException;
    }

    /** Runs a statement and returns how many rows it changed. */
    int update(String sql, Object... arguments) throws SQLException {
        PreparedStatement statement = statement(sql, arguments);
        return statement.execute() ? 0 : statement.getUpdateCount();
    }

    /** Returns what becomes of the rows of a query. */
    <T> List<T> all(String sql, Row<T> mapping, Object... arguments) throws SQLException {
        List<T> found = new ArrayList<>();
        try (ResultSet rows = statement(sql, arguments).executeQuery()) {
            while (rows.next()) {
                T read = mapping.of(rows);
                if (read != null) {
                    found.add(read);
                }
            }
        }
        return found;
    }

    /** Returns what becomes of the only row of a query, null when it has none. */
    <T> @Nullable T one(String sql, Row<T> mapping, Object... arguments) throws SQLException {
        List<T> found = all(sql, mapping, arguments);
        return found.isEmpty() ? null : found.get(0);
    }

    private PreparedStatement statement(String sql, Object... arguments) throws SQLException {
        PreparedStatement statement = prepared.get(sql);
        if (statement == null) {
            statement = connection.prepareStatement(sql);
            prepared.put(sql, statement);
        }
        for (int i = 0; i < arguments.length; i++) {
            statement.setObject(i + 1, arguments[i]);
        }
        return statement;
    }

    @Override
    public void close() throws SQLException {
        connection.close(); // and with it its statements
    }
}
