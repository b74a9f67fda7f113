package dev.asrdoctor.file;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.NotLinkException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** What the file system refused, in words for people: exceptions often say no more than a file's name. */
public final class FileTrouble {
    private FileTrouble() {}

    /** Why, without the file's name. */
    public static String reason(@Nullable IOException failure) {
        return switch (failure) {
            case null -> "an input or output error";
            case FileAlreadyExistsException e -> "it is a file and no folder";
            case NotDirectoryException e -> "it is a file and no folder";
            case AccessDeniedException e -> "access is denied";
            case NoSuchFileException e -> "it is not there";
            case DirectoryNotEmptyException e -> "it is a folder";
            case FileSystemLoopException e -> "its links lead in a circle";
            case NotLinkException e -> "it is no link";
            case FileSystemException e when e.getReason() != null -> String.valueOf(e.getReason());
            default -> failure.getMessage() == null ? "an input or output error" : failure.getMessage();
        };
    }

    /** The file's name, as far as it is known, and why. */
    public static String words(@Nullable IOException failure) {
        return failure instanceof FileSystemException file && file.getFile() != null
                ? file.getFile() + ": " + reason(failure)
                : reason(failure);
    }

    /** The same trouble with the file that somebody asked for, whichever was touched on the way to it. */
    static FileSystemException of(Path file, IOException failure) {
        String reason = failure instanceof FileAlreadyExistsException ? "it is there already" : reason(failure);
        FileSystemException named = new FileSystemException(file.toString(), null, reason);
        named.initCause(failure);
        return named;
    }
}
