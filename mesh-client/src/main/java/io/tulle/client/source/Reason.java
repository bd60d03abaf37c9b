package io.tulle.client.source;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** Why a file or folder cannot be read, in words. */
final class Reason {
    private Reason() {}

    /** Returns the reason without the path if it is {@code named} already. */
    static String of(IOException failure, Path named) {
        String what = what(failure);
        boolean other = failure instanceof FileSystemException e
                && e.getFile() != null
                && !Path.of(e.getFile()).endsWith(named);
        return other ? ((FileSystemException) failure).getFile() + ": " + what : what;
    }

    private static String what(IOException failure) {
        if (failure instanceof NoSuchFileException) {
            return "the link leads to nothing";
        }
        if (failure instanceof AccessDeniedException) {
            return "permission denied";
        }
        String words = failure instanceof FileSystemException e ? e.getReason() : failure.getMessage();
        return words == null ? failure.toString() : words;
    }
}
