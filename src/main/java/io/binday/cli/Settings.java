package io.binday.cli;

import com.zaxxer.hikari.HikariDataSource;
import io.binday.binary.BinarySettings;
import io.binday.run.RunSettings;
import io.binday.trash.PurgeSettings;
import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.springframework.boot.jdbc.autoconfigure.DataSourceProperties;
import org.springframework.boot.origin.OriginLookup;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.EnumerablePropertySource;
import org.springframework.core.env.SystemEnvironmentPropertySource;

/**
 * Looks at settings before they are used. Spring Boot refuses a setting of a file that nothing has a place for, but not a
 * variable of the environment, and an operator's retention would be forgotten for a letter; and of a number that is read before
 * settings are bound it does not say the name.
 */
final class Settings {

    private static final Map<String, Class<? extends Record>> GROUPS = Map.of(
            "binday.run", RunSettings.class,
            "binday.purge", PurgeSettings.class,
            "binday.binary", BinarySettings.class);

    /** Settings of none of these groups. */
    private static final Set<String> SINGLE =
            Set.of("binday.catalog", "binday.jobs", "binday.serve.port", "binday.serve.address");

    /** The address of the database, and what Kubernetes gives every container about a service of this name. */
    private static final Pattern OTHERS = Pattern.compile("BINDAY_(DB_.*|(.+_)?(SERVICE|PORT)(_.*)?)");

    private static final String DATABASE = "spring.datasource.";

    private static final String POOL = DATABASE + "hikari.";

    private static final int LARGEST_PORT = 65_535;

    private Settings() {}

    /**
     * Looks at everything that would otherwise be forgotten, or refused without its name.
     *
     * @throws IllegalArgumentException naming the setting
     */
    static void require(ConfigurableEnvironment environment) {
        requireKnown(environment);
        requireNumber(environment, "binday.run.workers", 1, RunSettings.MOST_WORKERS);
        requireNumber(environment, "binday.serve.port", 0, LARGEST_PORT);
        requireWhole(environment, "binday.run.chunk-size", "1 to 1000");
        requireWhole(environment, "binday.run.max-attempts", "3 to 100");
        requireWhole(environment, "binday.purge.max-items", "1 or more");
        // The web server takes no name at all for every address of the machine.
        if (environment.getProperty("binday.serve.address", "127.0.0.1").isBlank()) {
            throw new IllegalArgumentException(
                    "binday.serve.address is empty; leave it out for 127.0.0.1, or give an address of this machine");
        }
    }

    /** The range is looked at where the setting is bound, which does not say it of what is no number. */
    private static void requireWhole(ConfigurableEnvironment environment, String name, String range) {
        String given = environment.getProperty(name, "0").strip();
        try {
            Long.parseLong(given);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("setting " + name + " = '" + given + "'" + place(environment, name)
                    + " cannot be used: it must be " + range);
        }
    }

    private static String place(ConfigurableEnvironment environment, String name) {
        return SettingFailure.place(environment.getPropertySources().stream()
                .filter(source -> source.containsProperty(name))
                .findFirst()
                .map(source -> OriginLookup.getOrigin(source, name)));
    }

    private static void requireNumber(ConfigurableEnvironment environment, String name, int min, int max) {
        String given = environment.getProperty(name, String.valueOf(max));
        try {
            int number = Integer.parseInt(given.strip());
            if (number >= min && number <= max) {
                return;
            }
        } catch (NumberFormatException e) {
            // told below: the same sentence helps in both cases
        }
        throw new IllegalArgumentException(name + " must be " + min + " to " + max + " but was '" + given + "'");
    }

    private static void requireKnown(ConfigurableEnvironment environment) {
        environment.getSystemEnvironment().keySet().stream()
                .filter(name -> isUnknown(name) || isUnknownOfDatabase(name.replace('_', '.')))
                .findFirst()
                .ifPresent(name -> {
                    throw unknown(name, " (environment)");
                });
        environment.getPropertySources().stream()
                .filter(source -> !(source instanceof SystemEnvironmentPropertySource))
                .filter(EnumerablePropertySource.class::isInstance)
                .forEach(source -> requireKnown((EnumerablePropertySource<?>) source));
        for (String group : GROUPS.keySet()) {
            if (environment.getProperty(group) != null) {
                throw new IllegalArgumentException(group + " is a group of settings and cannot be '"
                        + environment.getProperty(group) + "'; config/README.md lists them");
            }
        }
    }

    /** Of a file, or of what else gives settings by their names. */
    private static void requireKnown(EnumerablePropertySource<?> source) {
        Arrays.stream(source.getPropertyNames())
                .filter(name -> isUnknownByName(name) || isUnknownOfDatabase(name))
                .findFirst()
                .ifPresent(name -> {
                    throw unknown(
                            name, SettingFailure.place(Optional.ofNullable(OriginLookup.getOrigin(source, name))));
                });
    }

    /** A value for a whole group is told by itself. */
    private static boolean isUnknownByName(String given) {
        String name = given.toLowerCase(Locale.ROOT).replaceAll("[-_]", "");
        if (!name.matches("binday([.\\[].*)?") || SINGLE.contains(name) || GROUPS.containsKey(name)) {
            return false;
        }
        return GROUPS.entrySet().stream()
                .noneMatch(group -> components(group.getValue())
                        .anyMatch(setting -> name.equalsIgnoreCase(group.getKey() + "." + setting)));
    }

    /** With such a one, a command would take the embedded database in place of the one that is meant. */
    private static boolean isUnknownOfDatabase(String setting) {
        String name = setting.toLowerCase(Locale.ROOT).replace("-", "");
        if (!name.startsWith(DATABASE)) {
            return false;
        }
        if (name.startsWith(POOL)) {
            String rest = name.substring(POOL.length()).replace(".", "");
            return !rest.startsWith("datasourceproperties")
                    && !rest.startsWith("healthcheckproperties")
                    && !isSettingOf(HikariDataSource.class, rest);
        }
        // A variable may have a word in pieces.
        String rest = name.substring(DATABASE.length());
        return Stream.of(rest.replaceFirst("[.\\[].*", ""), rest.replace(".", ""))
                .noneMatch(word -> isSettingOf(DataSourceProperties.class, word));
    }

    private static boolean isSettingOf(Class<?> settings, String name) {
        return Arrays.stream(settings.getMethods()).map(Method::getName).anyMatch(("set" + name)::equalsIgnoreCase);
    }

    private static IllegalArgumentException unknown(String name, String where) {
        return new IllegalArgumentException(
                "there is no such setting: " + name + where + "; config/README.md lists them");
    }

    /** Whether a variable looks like a setting of ours, and is none. */
    private static boolean isUnknown(String variable) {
        String name = variable.toUpperCase(Locale.ROOT);
        if (OTHERS.matcher(name).matches()) {
            return false;
        }
        for (Map.Entry<String, Class<? extends Record>> group : GROUPS.entrySet()) {
            String prefix = variable(group.getKey()) + "_";
            if (name.startsWith(prefix)) {
                return !isSetting(name.substring(prefix.length()), group.getValue());
            }
        }
        return name.startsWith("BINDAY_")
                && SINGLE.stream().map(Settings::variable).noneMatch(name::equals);
    }

    private static String variable(String name) {
        return name.toUpperCase(Locale.ROOT).replace('.', '_');
    }

    /** Spring reads a name without underscores between its words, or with all of them. */
    private static boolean isSetting(String name, Class<? extends Record> settings) {
        return components(settings)
                .flatMap(setting -> Stream.of(setting, setting.replaceAll("(?=[A-Z])", "_")))
                .anyMatch(name::equalsIgnoreCase);
    }

    private static Stream<String> components(Class<? extends Record> settings) {
        return Arrays.stream(settings.getRecordComponents()).map(RecordComponent::getName);
    }
}
