package io.tulle.registry.store;

import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Deque;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.Semaphore;

/** Connections that read, at most four at a time; who comes later waits. Thread-safe. */
final class SqliteReaders implements AutoCloseable {
    private static final int MOST = 4;

    private final Path database;
    private final ConnectionSource source;
    private final Semaphore free = new Semaphore(MOST);
    private final Deque<Sql> idle = new ConcurrentLinkedDeque<>();
    private volatile boolean closed;

    SqliteReaders(Path database, ConnectionSource source) {
        this.database = database;
        this.source = source;
    }

    /** Something that is read. */
    @FunctionalInterface
    interface Reading<T> {
        T from(Sql sql) throws SQLException;
    }

    /**
     * Reads.
     *
     * @throws UnusableStoreException if the file cannot be read
     */
    <T> T read(Reading<T> reading) {
        free.acquireUninterruptibly();
        try {
            if (closed) {
                throw new IllegalStateException("the store is closed");
            }
            Sql sql = idle.poll();
            return readWith(sql == null ? open() : sql, reading);
        } catch (SQLException e) {
            throw SqliteFailure.reading(database, e);
        } finally {
            free.release();
        }
    }

    private Sql open() throws SQLException {
        Sql sql = new Sql(source.open(database));
        sql.update("PRAGMA query_only = 1");
        return sql;
    }

    private <T> T readWith(Sql sql, Reading<T> reading) throws SQLException {
        boolean usable = false;
        try {
            T read = reading.from(sql);
            usable = true;
            return read;
        } finally {
            if (usable) {
                idle.push(sql);
            } else {
                sql.close();
            }
        }
    }

    /** Waits for those who read, and closes the connections. */
    @Override
    public void close() {
        closed = true;
        free.acquireUninterruptibly(MOST);
        try {
            for (Sql sql = idle.poll(); sql != null; sql = idle.poll()) {
                sql.close();
            }
        } catch (SQLException e) {
            throw SqliteFailure.reading(database, e);
        } finally {
            free.release(MOST);
        }
    }
}
