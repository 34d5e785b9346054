package io.binday.cli;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

/** What all commands share; the application is started only by those that need it. */
record Session(Class<?> application, Terminal terminal, Interruption interruption) {

    /**
     * Starts the application.
     *
     * @param profile a profile of the configuration to use besides those of the environment
     */
    Application start(Optional<String> profile, boolean verbose) {
        Map<String, Object> properties = new LinkedHashMap<>();
        if (verbose) {
            properties.put("logging.level.io.binday", "debug");
            properties.put("logging.level.org.springframework.batch.core", "info");
        }
        SpringApplicationBuilder builder = new SpringApplicationBuilder(application);
        profile.ifPresent(builder::profiles);
        ConfigurableApplicationContext context = builder.run(properties.entrySet().stream()
                .map(e -> "--" + e.getKey() + "=" + e.getValue())
                .toArray(String[]::new));
        return new Application(context, terminal, interruption);
    }
}
