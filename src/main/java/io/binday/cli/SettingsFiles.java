package io.binday.cli;

import io.binday.document.InvalidDocumentException;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;

/**
 * The files that settings may stand in, in the folder {@code config} and beside it. Spring Boot leaves out what it cannot find or enter,
 * without a word, and does not say which of them it cannot read.
 */
final class SettingsFiles {

    private static final Path FOLDER = Path.of("config");

    private SettingsFiles() {}

    /**
     * Makes sure that none is left out, and none is read that nobody means.
     *
     * @throws IllegalArgumentException naming it
     */
    static void requireSound() {
        requireReadable(FOLDER);
        requireNoneBelow(FOLDER);
        all().forEach(SettingsFiles::requireFile);
    }

    /** What to say of a start that failed because one of them could not be read; empty when that was not the reason. */
    static Optional<InvalidDocumentException> refusal(RuntimeException failure, Causes causes) {
        if (failure instanceof MarkedYAMLException marked) {
            return refusal(
                    failure,
                    "%s:%d: %s".formatted(names(), marked.getProblemMark().getLine() + 1, marked.getProblem()));
        }
        boolean encoding = causes.has(CharacterCodingException.class) && !causes.has(InvalidDocumentException.class);
        if (encoding || failure instanceof YAMLException) {
            String why = encoding
                    ? "not UTF-8"
                    : String.valueOf(failure.getMessage()).lines().findFirst().orElse("no YAML");
            return refusal(
                    failure, notUtf8().map(file -> file + " is not UTF-8").orElse(names() + ": " + why));
        }
        return Optional.empty();
    }

    private static Optional<InvalidDocumentException> refusal(RuntimeException failure, String words) {
        return Optional.of(new InvalidDocumentException(List.of(words), failure));
    }

    /** Spring Boot takes a folder that it may not enter for none, and an operator's retention would be forgotten. */
    private static void requireReadable(Path folder) {
        boolean there = Files.exists(folder, LinkOption.NOFOLLOW_LINKS);
        if (there && !(Files.isDirectory(folder) && Files.isReadable(folder) && Files.isExecutable(folder))) {
            throw new IllegalArgumentException(
                    "the folder " + folder
                            + " is there, but this user may not read it, or it is a file or a link to nothing; without its settings nothing is done");
        }
    }

    /** The same for what has the name of a file of settings and is none. */
    private static void requireFile(Path file) {
        if (Files.isSymbolicLink(file) && !Files.exists(file)) {
            throw new IllegalArgumentException(file
                    + " is a link to nothing, or to what this user may not read; without its settings nothing is done");
        }
        if (Files.isDirectory(file)) {
            throw new IllegalArgumentException(file + " is a folder; without its settings nothing is done");
        }
    }

    /** Spring Boot reads what lies in a folder below, and has it win, be it an old copy; but for {@code ..data} of Kubernetes. */
    private static void requireNoneBelow(Path folder) {
        if (System.getenv().keySet().stream().anyMatch(name -> name.matches("SPRING_CONFIG_(ADDITIONAL_?)?LOCATION"))) {
            return;
        }
        Optional.ofNullable(folder.toFile().list()).stream()
                .flatMap(Arrays::stream)
                .filter(name -> !name.startsWith(".."))
                .sorted()
                .flatMap(name -> in(folder.resolve(name)))
                .findFirst()
                .ifPresent(file -> {
                    throw new IllegalArgumentException(file + " would win over what is in " + folder
                            + ": move it there or away, or name its folder in SPRING_CONFIG_ADDITIONAL_LOCATION");
                });
    }

    /** The first of them that is not. */
    private static Optional<Path> notUtf8() {
        return all().filter(file -> {
                    try {
                        Files.readString(file, StandardCharsets.UTF_8);
                        return false;
                    } catch (CharacterCodingException e) {
                        return true;
                    } catch (IOException e) {
                        return false;
                    }
                })
                .findFirst();
    }

    private static Stream<Path> all() {
        return Stream.concat(in(FOLDER), in(Path.of("")));
    }

    private static Stream<Path> in(Path folder) {
        return Stream.ofNullable(folder.toAbsolutePath()
                        .toFile()
                        .list((parent, name) -> name.matches("application(-.+)?\\.(ya?ml|properties)")))
                .flatMap(Arrays::stream)
                .sorted()
                .map(folder::resolve);
    }

    /** Spring Boot does not say which of its files it could not read. */
    private static String names() {
        String files = all().map(Path::toString)
                .filter(name -> !name.endsWith(".properties"))
                .collect(Collectors.joining(" or "));
        return files.isEmpty() ? "the settings" : files;
    }
}
