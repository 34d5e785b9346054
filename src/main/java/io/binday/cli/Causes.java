package io.binday.cli;

import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.util.Optional;
import java.util.stream.Stream;
import org.springframework.core.NestedExceptionUtils;

/** A failure with everything that led to it. */
record Causes(Throwable thrown) {

    /** The failure first, its cause then, and so on. */
    Stream<Throwable> all() {
        return Stream.iterate(thrown, cause -> cause != null, Throwable::getCause);
    }

    boolean has(Class<? extends Throwable> type) {
        return all().anyMatch(type::isInstance);
    }

    <T extends Throwable> Stream<T> each(Class<T> type) {
        return all().filter(type::isInstance).map(type::cast);
    }

    <T extends Throwable> Optional<T> first(Class<T> type) {
        return each(type).findFirst();
    }

    /** What began it. */
    Throwable root() {
        return NestedExceptionUtils.getMostSpecificCause(thrown);
    }

    /** The whole message. The exceptions of files often say no more than which file it was. */
    static String words(Throwable cause) {
        if (cause instanceof FileSystemException file && file.getReason() == null) {
            String why = file instanceof AccessDeniedException
                    ? "this user may not read or write it"
                    : file instanceof NoSuchFileException ? "there is no such file" : "it cannot be used";
            return file.getFile() + ": " + why;
        }
        String message = Optional.ofNullable(cause.getMessage()).orElse("");
        return message.isBlank() ? cause.getClass().getSimpleName() : message;
    }
}
