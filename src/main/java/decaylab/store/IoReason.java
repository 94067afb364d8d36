package decaylab.store;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;

/** Why a file or folder could not be used, in words. */
public final class IoReason {
    private IoReason() {}

    /** A few words that fit into brackets, of what a library that must not throw the checked one threw. */
    static String of(UncheckedIOException e) {
        // Some wrap twice: the words of the innermost are the reason.
        Throwable cause = e;
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        return cause instanceof IOException inner ? of(inner) : "the system gives no reason";
    }

    /** A few words that fit into brackets. */
    public static String of(IOException e) {
        if (e instanceof AccessDeniedException) {
            return "you may not write there";
        }
        if (e instanceof NoSuchFileException missing) {
            return "there is no " + missing.getFile();
        }
        if (e instanceof CharacterCodingException) {
            return "it is not UTF-8 text";
        }
        if (e instanceof FileAlreadyExistsException file) {
            return "there is something else in the place of " + file.getFile();
        }
        if (e instanceof NotDirectoryException file) {
            return file.getFile() + " is not a folder";
        }
        if (e instanceof FileSystemException system && system.getReason() != null) {
            return system.getFile() + ": " + system.getReason();
        }
        String message = e.getMessage();
        return message == null || message.isBlank()
                ? "the system gives no reason"
                : message.lines().findFirst().orElse("").strip();
    }
}
