package io.binday.binary;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;

/** Files in a directory and below; a key is a path relative to it and can never leave it. */
final class DirectoryStore implements BinaryStore {

    private final Path root;

    DirectoryStore(Path root) {
        this.root = root.toAbsolutePath().normalize();
    }

    @Override
    public boolean delete(String key) throws IOException {
        if (!Files.isDirectory(root)) {
            throw new IOException("the directory of binaries " + root + " is not there");
        }
        Path file = inside(key);
        if (!Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
            return false;
        }
        // A link on the way could lead out of the store, so the place where the file really is counts.
        Path parent = file.getParent();
        if (parent == null || !parent.toRealPath().startsWith(root.toRealPath())) {
            throw new IOException("key '" + key + "' leaves the directory of binaries by a link");
        }
        if (Files.isDirectory(file, LinkOption.NOFOLLOW_LINKS)) {
            throw new IOException("key '" + key + "' is a directory");
        }
        return Files.deleteIfExists(file);
    }

    private Path inside(String key) throws IOException {
        try {
            Path file = root.resolve(key).normalize();
            if (!file.startsWith(root) || file.equals(root)) {
                throw new IOException("key '" + key + "' leaves the directory of binaries");
            }
            return file;
        } catch (InvalidPathException e) {
            throw new IOException("key '" + key + "' is no file name", e);
        }
    }
}
