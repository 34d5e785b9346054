package io.binday.cli;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.env.OriginTrackedMapPropertySource;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.PropertySource;
import org.springframework.core.env.StandardEnvironment;

class SettingsTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "BINDAY_PURGE_RETENTION",
                "BINDAY_PURGE_ALLOWSHORTRETENTION",
                "BINDAY_PURGE_ALLOW_SHORT_RETENTION",
                "BINDAY_BINARY_DIRECTORY",
                "BINDAY_RUN_CHUNKSIZE",
                "binday_run_workers",
                "BINDAY_DB_HOST",
                "BINDAY_PORT",
                "BINDAY_PORT_8086_TCP_ADDR",
                "BINDAY_SERVICE_HOST",
                "BINDAY_MYSQL_SERVICE_PORT",
                "BINDAY_RUN_SERVICE_HOST",
                "BINDAY_PURGE_PORT_80_TCP_ADDR",
                "BINDAY_SERVE_ADDRESS",
                "BINDAY_CATALOG",
                "BINDAY_JOBS",
                "SPRING_DATASOURCE_URL",
                "SPRING_DATASOURCE_DRIVER_CLASS_NAME",
                "SPRING_DATASOURCE_HIKARI_CONNECTION_TIMEOUT",
                "SPRING_DATASOURCE_HIKARI_MAXIMUMPOOLSIZE",
                "PATH",
            })
    void takesSettingsAndWhatIsNotOurs(String name) {
        assertThatCode(() -> Settings.require(with(name, "1"))).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "BINDAY_PURGE_RETENTON",
                "BINDAY_RUN_CHUNKSIZES",
                "BINDAY_BINARY_",
                "BINDAY_PURGE_MAX__ITEMS",
                "BINDAY_PURGE_M_AXITEMS",
                "BINDAY_PURGE_ALLOW_SHORTRETENTION",
                "binday_run_worker",
                "BINDAY_PURG_RETENTION",
                "BINDAY_SERVE_ADRESS",
                "BINDAY_CATLOG",
                "SPRING_DATASOURCE_ULR",
                "SPRING_DATASOURCE_HIKARI_MAXIMUMPOOLSISE"
            })
    void refusesVariablesThatAreNoSettings(String name) {
        assertThatThrownBy(() -> Settings.require(with(name, "1")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("there is no such setting: " + name);
    }

    @ParameterizedTest
    @CsvSource({
        "binday.run.workers, x, binday.run.workers must be 1 to 4 but was 'x'",
        "binday.run.workers, 5, binday.run.workers must be 1 to 4 but was '5'",
        "binday.serve.port, 99999, binday.serve.port must be 0 to 65535 but was '99999'",
        "binday.serve.port, '', binday.serve.port must be 0 to 65535 but was ''",
        "binday.run.chunk-size, 1.5, setting binday.run.chunk-size = '1.5' cannot be used: it must be 1 to 1000",
        "binday.run.chunk-size, '', setting binday.run.chunk-size = '' cannot be used: it must be 1 to 1000",
        "binday.run.max-attempts, true, setting binday.run.max-attempts = 'true' cannot be used: it must be 3 to 100",
        "binday.purge.max-items, 9223372036854775808, setting binday.purge.max-items = '9223372036854775808' cannot be used: it must be 1 or more",
        "binday.serve.address, ' ', 'binday.serve.address is empty; leave it out for 127.0.0.1, or give an address of this machine'"
    })
    void namesANumberThatIsReadEarly(String setting, String value, String message) {
        ConfigurableEnvironment environment = with("PATH", "1");
        environment.getPropertySources().addFirst(new MapPropertySource("file", Map.of(setting, value)));

        assertThatThrownBy(() -> Settings.require(environment)).hasMessage(message);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "binday.purg.retention",
                "binday.purges.retention",
                "binday.runs",
                "binday",
                "binday[0]",
                "Binday.purge.retenton",
                "binday.run.chunk-siz",
                "binday.serve.prot",
                "binday.catlog",
                "spring.datasource.urll",
                "spring.datasource.hikary.maximum-pool-size",
                "spring.datasource.hikari.maximum-pool-sise"
            })
    void refusesSettingsOfFilesThatBelongToNoGroup(String name) {
        ConfigurableEnvironment environment = with("PATH", "1");
        for (PropertySource<?> source : List.of(
                new OriginTrackedMapPropertySource("file", Map.of(name, "1")),
                new MapPropertySource("spring.application.json", Map.of(name, "1")))) {
            environment.getPropertySources().addFirst(source);

            assertThatThrownBy(() -> Settings.require(environment))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("there is no such setting: " + name);
            environment.getPropertySources().remove(source.getName());
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "binday.run.chunk-size",
                "binday.run.chunkSize",
                "binday.run.chunk_size",
                "binday.purge.allow-short-retention",
                "binday.binary.key-prefix",
                "binday.serve.port",
                "bindays.run"
            })
    void takesEachSpellingThatSpringReads(String name) {
        ConfigurableEnvironment environment = with("PATH", "1");
        environment.getPropertySources().addFirst(new MapPropertySource("file", Map.of(name, "1")));

        assertThatCode(() -> Settings.require(environment)).doesNotThrowAnyException();
    }

    @Test
    void refusesAValueForAGroup() {
        ConfigurableEnvironment environment = with("PATH", "1");
        environment.getPropertySources().addFirst(new MapPropertySource("file", Map.of("binday.run", "5")));

        assertThatThrownBy(() -> Settings.require(environment)).hasMessageContaining("binday.run is a group");
    }

    private static ConfigurableEnvironment with(String name, String value) {
        return new StandardEnvironment() {
            @Override
            public Map<String, Object> getSystemProperties() {
                return Map.of();
            }

            @Override
            public Map<String, Object> getSystemEnvironment() {
                return Map.of(name, value);
            }
        };
    }
}
