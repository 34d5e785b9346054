package io.binday.cli;

import io.binday.binary.BinarySettings;
import io.binday.run.RunSettings;
import io.binday.trash.PurgeSettings;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
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
        GROUPS.forEach((group, settings) -> {
            String prefix = variable(group) + "_";
            environment.getSystemEnvironment().keySet().stream()
                    .filter(name -> name.toUpperCase(Locale.ROOT).startsWith(prefix))
                    .filter(name -> !isSetting(name.substring(prefix.length()), settings))
                    .findFirst()
                    .ifPresent(name -> {
                        throw new IllegalArgumentException(
                                "there is no such setting: " + name + " (environment); config/README.md lists them");
                    });
            if (environment.getProperty(group) != null) {
                throw new IllegalArgumentException(group + " is a group of settings and cannot be '"
                        + environment.getProperty(group) + "'; config/README.md lists them");
            }
        });
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
