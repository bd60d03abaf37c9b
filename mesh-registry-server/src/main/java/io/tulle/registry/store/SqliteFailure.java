package io.tulle.registry.store;

import java.nio.file.Path;
import java.sql.SQLException;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/** Says what is wrong with a database, in one line, and what to do. */
final class SqliteFailure {
    private SqliteFailure() {}

    static UnusableStoreException opening(Path database, SQLException cause) {
        return new UnusableStoreException("cannot open " + database + ": " + text(cause), cause);
    }

    static UnusableStoreException reading(Path database, SQLException cause) {
        return new UnusableStoreException("cannot read " + database + ": " + text(cause), cause);
    }

    static ReadOnlyStoreException writing(Path database, SQLException cause) {
        return new ReadOnlyStoreException("cannot write " + database + ": " + text(cause), cause);
    }

    static UnusableStoreException corrupt(Path database, String finding) {
        return new UnusableStoreException("cannot open " + database + ": " + corrupt(finding));
    }

    private static String corrupt(String finding) {
        return "it is corrupt (" + finding.lines().findFirst().orElse("no details")
                + "); put a backup in its place, or move it away to start empty";
    }

    private static String text(SQLException cause) {
        String found = String.valueOf(cause.getMessage()).lines().findFirst().orElse("no details");
        return switch (primary(cause)) {
            case SQLITE_FULL -> "the disk is full; free some space, and writing goes on by itself";
            case SQLITE_CORRUPT, SQLITE_NOTADB -> corrupt(found);
            case SQLITE_READONLY, SQLITE_PERM, SQLITE_CANTOPEN, SQLITE_AUTH ->
                found + "; let this user write the file and its folder";
            case SQLITE_BUSY, SQLITE_LOCKED -> found + "; end the program that has it open";
            case SQLITE_IOERR -> found + "; look after the disk, and writing goes on by itself";
            default -> found;
        };
    }

    /** SQLite's codes have a kind in their low byte and details above it. */
    private static SQLiteErrorCode primary(SQLException cause) {
        return cause instanceof SQLiteException sqlite
                ? SQLiteErrorCode.getErrorCode(sqlite.getResultCode().code & 0xFF)
                : SQLiteErrorCode.UNKNOWN_ERROR;
    }
}
