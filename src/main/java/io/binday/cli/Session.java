package io.binday.cli;

import io.binday.catalog.Database;
import io.binday.document.InvalidDocumentException;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.security.CodeSource;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.aot.AotDetector;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.SpringProperties;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.EnumerablePropertySource;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.PropertySource;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;

/** What all commands share; the application is started only by those that need it. */
record Session(Class<?> application, Terminal terminal, Interruption interruption) {

    private static final Path SETTINGS = Path.of("config");
    private static final Map<String, Object> WITHOUT_FLYWAY = Map.of("spring.flyway.enabled", "false");
    private static final Pattern PROFILE = Pattern.compile("[A-Za-z0-9_-]+");

    /**
     * Starts the application; a second time, with the migration of Binday's own tables, where that is due.
     *
     * @param profile a profile of the configuration to use besides those of the environment
     * @param settings what overrides the configuration
     * @throws IllegalArgumentException when there is no such profile: without it another database would be used
     * @throws NoDatabaseException when the database cannot be used
     */
    Application start(Optional<String> profile, boolean verbose, Map<String, String> settings) {
        profile.filter(name -> !PROFILE.matcher(name).matches()).ifPresent(name -> {
            throw new IllegalArgumentException("--profile must be one name but was '" + name + "'");
        });
        Launcher.use(profile);
        Map<String, String> properties = new LinkedHashMap<>(settings);
        if (verbose) {
            properties.put("logging.level.io.binday", "debug");
            properties.put("logging.level.org.springframework.batch.core", "info");
        }
        try {
            return start(profile, properties, Migration.NONE);
        } catch (RuntimeException e) {
            if (!new Causes(e).has(MigrationDueException.class)) {
                throw e;
            }
            return start(profile, properties, Migration.AS_CONFIGURED);
        }
    }

    /** When Flyway, which takes a second, is to look after Binday's own tables. */
    private enum Migration {
        NONE,
        AS_CONFIGURED
    }

    private Application start(Optional<String> profile, Map<String, String> properties, Migration migration) {
        requireReadable(SETTINGS);
        requireNoneBelow(SETTINGS);
        settingsIn(SETTINGS).forEach(Session::requireFile);
        settingsIn(Path.of("")).forEach(Session::requireFile);
        String[] place = new String[1];
        SpringApplicationBuilder builder = new SpringApplicationBuilder(application).initializers(starting -> {
            requireProfiles(starting.getEnvironment());
            Settings.require(starting.getEnvironment());
            Database database = Database.ofUrl(starting.getEnvironment().getProperty("spring.datasource.url", ""));
            place[0] = database.place();
            if (database.isToBeCreated() && migration == Migration.AS_CONFIGURED) {
                database.createFolder();
            }
            if (migration == Migration.NONE) {
                if (database.isToBeCreated()) {
                    throw new MigrationDueException();
                }
                starting.getEnvironment()
                        .getPropertySources()
                        .addFirst(new MapPropertySource("without Flyway", WITHOUT_FLYWAY));
            }
        });
        builder.main(application);
        SpringProperties.setProperty(
                AotDetector.AOT_ENABLED, String.valueOf(migration == Migration.NONE && isPrepared(properties)));
        profile.ifPresent(builder::profiles);
        try {
            ConfigurableApplicationContext context = builder.run(properties.entrySet().stream()
                    .map(e -> "--" + e.getKey() + "=" + e.getValue())
                    .toArray(String[]::new));
            return new Application(context, terminal, interruption);
        } catch (MarkedYAMLException e) {
            throw new InvalidDocumentException(
                    List.of("%s:%d: %s"
                            .formatted(settingsFiles(), e.getProblemMark().getLine() + 1, e.getProblem())),
                    e);
        } catch (YAMLException e) {
            throw unreadable(
                    e, String.valueOf(e.getMessage()).lines().findFirst().orElse("no YAML"));
        } catch (RuntimeException e) {
            Causes causes = new Causes(e);
            if (causes.has(CharacterCodingException.class) && !causes.has(InvalidDocumentException.class)) {
                throw unreadable(e, "not UTF-8");
            }
            if (place[0] != null && causes.has(SQLException.class)) {
                throw new NoDatabaseException(place[0], e);
            }
            throw e;
        }
    }

    /**
     * Whether the build has written down which beans this start needs: in the jar, and for all but the daemon, which looks for
     * more. Classes outside of a jar may be newer than what was written down.
     */
    private boolean isPrepared(Map<String, String> properties) {
        CodeSource source = application.getProtectionDomain().getCodeSource();
        return source != null
                && source.getLocation().getPath().endsWith(".jar")
                && !properties.containsKey(EnableAutoConfiguration.ENABLED_OVERRIDE_PROPERTY);
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
                .flatMap(name -> settingsIn(folder.resolve(name)))
                .findFirst()
                .ifPresent(file -> {
                    throw new IllegalArgumentException(file + " would win over what is in " + folder
                            + ": move it there or away, or name its folder in SPRING_CONFIG_ADDITIONAL_LOCATION");
                });
    }

    private static InvalidDocumentException unreadable(RuntimeException failure, String why) {
        String words = notUtf8().map(file -> file + " is not UTF-8").orElse(settingsFiles() + ": " + why);
        return new InvalidDocumentException(List.of(words), failure);
    }

    /** The first file of settings that is not. */
    private static Optional<Path> notUtf8() {
        return Stream.concat(settingsIn(SETTINGS), settingsIn(Path.of("")))
                .filter(file -> {
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

    private static Stream<Path> settingsIn(Path folder) {
        return Stream.ofNullable(folder.toAbsolutePath()
                        .toFile()
                        .list((parent, name) -> name.matches("application(-.+)?\\.(ya?ml|properties)")))
                .flatMap(Arrays::stream)
                .sorted()
                .map(folder::resolve);
    }

    /** Spring Boot does not say which of its files it could not read. */
    private static String settingsFiles() {
        String files = Stream.concat(settingsIn(SETTINGS), settingsIn(Path.of("")))
                .map(Path::toString)
                .filter(name -> !name.endsWith(".properties"))
                .collect(Collectors.joining(" or "));
        return files.isEmpty() ? "the settings" : files;
    }

    /** A profile that no part of the configuration is for is a mistake in typing. */
    private static void requireProfiles(ConfigurableEnvironment environment) {
        for (String profile : environment.getActiveProfiles()) {
            boolean known = environment.getPropertySources().stream().anyMatch(source -> isFor(source, profile));
            if (!known) {
                throw new IllegalArgumentException("there is no profile '" + profile
                        + "': mysql is built in, and config/application.yml may describe others");
            }
        }
    }

    private static boolean isFor(PropertySource<?> source, String profile) {
        if (source.getName().contains("application-" + profile + ".")) {
            return true;
        }
        return source instanceof EnumerablePropertySource<?> properties
                && Arrays.stream(properties.getPropertyNames())
                        .filter(name -> name.startsWith("spring.config.activate.on-profile"))
                        .flatMap(name -> Arrays.stream(
                                String.valueOf(properties.getProperty(name)).split("[^A-Za-z0-9_-]+", -1)))
                        .anyMatch(profile::equals);
    }
}
