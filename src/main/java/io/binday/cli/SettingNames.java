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
 * The names of settings in the environment. Spring Boot refuses a setting of a file that nothing has a place for, but not a
 * variable, and an operator's retention would be forgotten for a letter.
 */
final class SettingNames {

    private static final Map<String, Class<? extends Record>> GROUPS = Map.of(
            "binday.run", RunSettings.class,
            "binday.purge", PurgeSettings.class,
            "binday.binary", BinarySettings.class);

    private SettingNames() {}

    /**
     * Looks at all variables of the groups whose names are known.
     *
     * @throws IllegalArgumentException naming a variable that is no setting, or a group that is given a value
     */
    static void requireKnown(ConfigurableEnvironment environment) {
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
