package io.binday.binary;

import java.io.File;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Files in a directory and below; a key is a path relative to it, after what every key begins with, and can never leave it. */
public final class DirectoryStore implements BinaryStore {

    private static final Pattern ASCII = Pattern.compile("\\p{ASCII}*");

    /** Whoever has written a file may be about to give it to an asset, which nobody can see before that is committed. */
    private static final Duration FRESH = Duration.ofMinutes(1);
    /** No clock of a file server is further ahead; such a time has another reason. */
    private static final Duration LONGEST_AHEAD = Duration.ofDays(1);

    private final Path root;
    private final String prefix;
    private final Charset names;
    private final Clock clock;

    /**
     * Files in a directory.
     *
     * @param prefix what every key begins with that is not part of the path; may be empty
     */
    public DirectoryStore(Path root, String prefix, Clock clock) {
        this(root, prefix, Charset.forName(System.getProperty("sun.jnu.encoding", "UTF-8")), clock);
    }

    /**
     * As {@link #DirectoryStore(Path, String, Clock)}.
     *
     * @param names how this process writes the names of files, which is the locale's to say
     */
    DirectoryStore(Path root, String prefix, Charset names, Clock clock) {
        this.root = root.toAbsolutePath().normalize();
        this.prefix = prefix;
        this.names = names;
        this.clock = clock;
    }

    @Override
    public boolean delete(String key) throws IOException {
        requireMounted();
        Path file = inside(key);
        try {
            // A link on the way could lead out of the store, or to a file that another asset knows by another key.
            Path parent = Optional.ofNullable(file.getParent()).orElse(root);
            if (!parent.toRealPath().equals(root.toRealPath().resolve(root.relativize(parent)))) {
                throw new IOException("key '" + key + "' leads through a link, so the file may have another name too");
            }
            if (Files.isDirectory(file, LinkOption.NOFOLLOW_LINKS)) {
                throw new IOException("key '" + key + "' is a directory");
            }
            if (Files.isSymbolicLink(file)) {
                throw new IOException("key '" + key + "' is a link, so its content would stay");
            }
            Instant written =
                    Files.getLastModifiedTime(file, LinkOption.NOFOLLOW_LINKS).toInstant();
            Duration age = Duration.between(written, clock.instant());
            if (age.compareTo(FRESH) < 0 && age.abs().compareTo(LONGEST_AHEAD) < 0) {
                throw new IOException(
                        "key '" + key + "' was written at " + written + ", so another asset may be about to use it");
            }
            if (Thread.currentThread().isInterrupted()) {
                throw new IOException("given up before '" + key + "' was deleted");
            }
            Files.delete(file);
            return true;
        } catch (NoSuchFileException e) {
            return false;
        }
    }

    @Override
    public String place() {
        return "the directory of binaries " + root;
    }

    /** A key that is none of this directory says nothing about it. */
    @Override
    public boolean lacksAll(Collection<String> keys) {
        List<Path> files = keys.stream().flatMap(key -> own(key).stream()).toList();
        return !files.isEmpty() && files.stream().noneMatch(file -> Files.exists(file, LinkOption.NOFOLLOW_LINKS));
    }

    private Optional<Path> own(String key) {
        try {
            return Optional.of(inside(key));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /** A share that is not mounted is mostly an empty directory, in which every file would be missing. */
    private void requireMounted() throws IOException {
        if (!Files.isDirectory(root)) {
            throw new IOException(place() + " is not there, or is no directory");
        }
        try (Stream<Path> entries = Files.list(root)) {
            if (entries.findAny().isEmpty()) {
                throw new IOException(place() + " is empty; is it mounted?");
            }
        }
    }

    private Path inside(String key) throws IOException {
        // In another encoding the name is that of another file, which then seems to be gone.
        if (File.separatorChar == '/'
                && !names.equals(StandardCharsets.UTF_8)
                && !ASCII.matcher(key).matches()) {
            throw new IOException("names of files are taken for UTF-8, and in the locale of this process key '" + key
                    + "' is another one; use one such as LC_ALL=C.UTF-8");
        }
        if (!key.startsWith(prefix)) {
            throw new IOException("key '" + key + "' does not begin with binday.binary.key-prefix, '" + prefix + "'");
        }
        String path = key.substring(prefix.length());
        try {
            Path file = root.resolve(path).normalize();
            // One file has one key: another spelling, such as a//b, would not be seen to be used by another asset.
            if (!file.startsWith(root)
                    || file.equals(root)
                    || !root.relativize(file)
                            .toString()
                            .replace(File.separatorChar, '/')
                            .equals(path)) {
                throw new IOException("key '" + key + "' leaves the directory of binaries, or is no plain path"
                        + (prefix.isEmpty() ? "" : " after '" + prefix + "'"));
            }
            return file;
        } catch (InvalidPathException e) {
            throw new IOException("key '" + key + "' is no file name", e);
        }
    }
}
