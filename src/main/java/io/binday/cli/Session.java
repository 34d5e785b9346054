package io.binday.cli;

import io.binday.catalog.Database;
import io.binday.document.InvalidDocumentException;
import java.security.CodeSource;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.springframework.aot.AotDetector;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.SpringProperties;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.EnumerablePropertySource;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.PropertySource;

/** What all commands share; the application is started only by those that need it. */
record Session(Class<?> application, Terminal terminal, Interruption interruption) {

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
        SettingsFiles.requireSound();
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
        } catch (RuntimeException e) {
            Causes causes = new Causes(e);
            Optional<InvalidDocumentException> refusal = SettingsFiles.refusal(e, causes);
            if (refusal.isPresent()) {
                throw refusal.get();
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
