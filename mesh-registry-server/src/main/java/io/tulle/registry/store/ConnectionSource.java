package io.tulle.registry.store;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import org.sqlite.SQLiteConfig;

/**
 * Where a {@link SqliteStore} gets its connections: one to write and a few to read, all to the same file. There is one durability, that of {@link #DURABLE};
 * another source is for those who embed the store and for proofs, which spoil what it returns.
 */
@FunctionalInterface
public interface ConnectionSource {
    /** Write-ahead log, synced at every commit: what has been acknowledged survives the loss of power. */
    ConnectionSource DURABLE = database -> {
        SQLiteConfig config = new SQLiteConfig();
        config.setJournalMode(SQLiteConfig.JournalMode.WAL);
        config.setSynchronous(SQLiteConfig.SynchronousMode.FULL);
        config.setBusyTimeout(5_000);
        config.setJournalSizeLimit(64 * 1024 * 1024);
        return config.createConnection("jdbc:sqlite:" + database);
    };

    /** Opens a connection, in auto-commit mode, which the store closes. The file is made when it does not exist. */
    Connection open(Path database) throws SQLException;
}
