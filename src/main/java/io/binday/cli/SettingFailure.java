package io.binday.cli;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.springframework.boot.context.properties.ConfigurationPropertiesBindException;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.bind.UnboundConfigurationPropertiesException;
import org.springframework.boot.context.properties.source.ConfigurationProperty;
import org.springframework.boot.origin.Origin;
import org.springframework.boot.web.server.PortInUseException;

/** What to say of a setting that cannot be read or used: its name, its value and where it was made. */
final class SettingFailure {

    private final Causes causes;

    SettingFailure(Causes causes) {
        this.causes = causes;
    }

    /** Whether it is one. */
    boolean isPresent() {
        return causes.has(BindException.class) || causes.has(ConfigurationPropertiesBindException.class);
    }

    /** What is wrong with it; empty when no setting is. */
    Optional<String> message() {
        String why = Causes.words(causes.root());
        if (causes.has(java.net.BindException.class)) {
            return Optional.of(listening(causes.first(PortInUseException.class), why));
        }
        List<BindException> refused = causes.each(BindException.class).toList();
        if (refused.isEmpty()) {
            return Optional.empty();
        }
        BindException bind = refused.get(refused.size() - 1);
        Optional<ConfigurationProperty> property = Optional.ofNullable(bind.getProperty());
        String where = place(property.map(ConfigurationProperty::getOrigin));
        String value = property.map(found -> " = '" + found.getValue() + "'").orElse("");
        if (causes.has(UnboundConfigurationPropertiesException.class)) {
            // What nobody knows was refused before.
            return Optional.of(unbound() + " has no value: give it one, or leave it out for the default");
        }
        if (bind.getName().toString().equals("server.address")) {
            return Optional.of("binday.serve.address cannot be used: " + why);
        }
        if (why.startsWith("binday.")) {
            return Optional.of(why + where);
        }
        return Optional.of("setting " + bind.getName() + value + where + " cannot be used: " + why);
    }

    private static String listening(Optional<PortInUseException> taken, String why) {
        return why.contains("assign requested address")
                ? "this machine has no such address: binday.serve.address"
                : "the daemon cannot listen at its port"
                        + taken.map(port -> " " + port.getPort()).orElse("") + ": " + why
                        + "; another daemon may be there; choose another port with binday.serve.port";
    }

    /** For example {@code " (config/application.yml:3:17)"}. */
    static String place(Optional<Origin> origin) {
        return origin.map(known -> " (" + known.toString().replaceFirst("^URL \\[file:(.*)] - ", "$1:") + ")")
                .orElse("");
    }

    private String unbound() {
        return causes.each(UnboundConfigurationPropertiesException.class)
                .flatMap(unbound -> unbound.getUnboundProperties().stream())
                .map(property -> property.getName() + place(Optional.ofNullable(property.getOrigin())))
                .collect(Collectors.joining(", "));
    }
}
