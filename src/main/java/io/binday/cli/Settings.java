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
import org.springframework.boot.env.OriginTrackedMapPropertySource;
import org.springframework.boot.jdbc.autoconfigure.DataSourceProperties;
import org.springframework.core.env.ConfigurableEnvironment;

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
                .filter(OriginTrackedMapPropertySource.class::isInstance)
                .map(OriginTrackedMapPropertySource.class::cast)
                .forEach(Settings::requireKnown);
        for (String group : GROUPS.keySet()) {
            if (environment.getProperty(group) != null) {
                throw new IllegalArgumentException(group + " is a group of settings and cannot be '"
                        + environment.getProperty(group) + "'; config/README.md lists them");
            }
        }
    }

    /** Of a file: a setting of no group; those of groups are looked at where they are bound. */
    private static void requireKnown(OriginTrackedMapPropertySource file) {
        Arrays.stream(file.getPropertyNames())
                .filter(name -> isUnknownOfFile(name) || isUnknownOfDatabase(name))
                .findFirst()
                .ifPresent(name -> {
                    throw unknown(name, SettingFailure.place(Optional.ofNullable(file.getOrigin(name))));
                });
    }

    private static boolean isUnknownOfFile(String name) {
        return name.startsWith("binday.")
                && !SINGLE.contains(name)
                && GROUPS.keySet().stream().noneMatch(group -> (name + ".").startsWith(group + "."));
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
        for (Map.Entry<String, Class<? extends Record>> group : GROUPS.entrySet()) {
            String prefix = variable(group.getKey()) + "_";
            if (name.startsWith(prefix)) {
                return !isSetting(name.substring(prefix.length()), group.getValue());
            }
        }
        return name.startsWith("BINDAY_")
                && !OTHERS.matcher(name).matches()
                && SINGLE.stream().map(Settings::variable).noneMatch(name::equals);
    }

    private static String variable(String name) {
        return name.toUpperCase(Locale.ROOT).replace('.', '_');
    }

    private static boolean isSetting(String name, Class<? extends Record> settings) {
        return Arrays.stream(settings.getRecordComponents())
                .map(RecordComponent::getName)
                .anyMatch(name.replace("_", "")::equalsIgnoreCase);
    }
}
