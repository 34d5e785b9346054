package io.binday.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.binday.document.InvalidDocumentException;
import io.binday.job.JobDefinition.Input;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.TimeZone;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JobFileTest {

    private static final String GOOD = """
            name: old
            description: Old assets.
            operation: trash
            input:
              query:
                sql: "SELECT uid FROM asset WHERE age > :days AND note <> ':none' -- :no\\n"
                parameters:
                  days: {type: integer, default: 30, min: 1, max: 99}
                timeout: 2m
            """;

    @Test
    void readsEveryShippedJob() throws IOException {
        try (Stream<Path> files = Files.list(Path.of("jobs"))) {
            List<Path> jobs =
                    files.filter(file -> file.toString().endsWith(".yml")).toList();
            assertThat(jobs).hasSizeGreaterThanOrEqualTo(4);
            for (Path file : jobs) {
                String name = String.valueOf(file.getFileName()).replace(".yml", "");
                assertThat(read(file.toString(), name, Files.readString(file)).description())
                        .isNotBlank();
            }
        }
    }

    @Test
    void readsAQueryWithItsParameters() {
        Input.Query query = (Input.Query) read("old.yml", "old", GOOD).input();

        assertThat(query.timeoutSeconds()).isEqualTo(120);
        assertThat(query.maxRows()).isEqualTo(1_000_000);
        assertThat(Arguments.bind(query, Map.of())).isEqualTo(Map.of("days", 30L));
        assertThat(Arguments.bind(query, Map.of("days", "7"))).isEqualTo(Map.of("days", 7L));
    }

    @Test
    void readsAQueryWithALongText() {
        String text = "x''".repeat(20_000);

        Input.Query query = (Input.Query)
                read("old.yml", "old", GOOD.replace(":none", text)).input();

        assertThat(query.sql()).contains(text);
    }

    @Test
    void explainsAParameterThatIsMissing() {
        String must = GOOD.replace("default: 30, ", "description: since when, ");
        Input.Query query = (Input.Query) read("old.yml", "old", must).input();

        assertThatIllegalArgumentException()
                .isThrownBy(() -> Arguments.bind(query, Map.of()))
                .withMessage("parameter days is required: --param days=VALUE (since when)");
    }

    @Test
    void measuresAReasonWithoutTheBlanksAroundIt() {
        String reason = "x".repeat(500);

        assertThat(read("old.yml", "old", GOOD + "reason: '" + reason + "  '\n").reason())
                .hasValueSatisfying(text -> assertThat(text).startsWith(reason));
    }

    @ParameterizedTest
    @CsvSource({
        "UTC, UTC",
        "UTC+2, GMT+02:00",
        "UT-3, GMT-03:00",
        "+05:30, GMT+05:30",
        "Etc/GMT-3, GMT+03:00",
        "Europe/Berlin, Europe/Berlin"
    })
    void understandsATimeZoneAsQuartzDoes(String zone, String quartz) {
        JobDefinition job = read("old.yml", "old", GOOD + "schedule: {cron: '0 30 2 * * ?', zone: '" + zone + "'}");

        assertThat(TimeZone.getTimeZone(job.schedule().orElseThrow().zone()).getID())
                .isEqualTo(quartz);
    }

    @Test
    void refusesATimeZoneThatQuartzWouldTakeForAnother() {
        assertThatExceptionOfType(InvalidDocumentException.class)
                .isThrownBy(() -> read("old.yml", "old", GOOD + "schedule: {cron: '0 30 2 * * ?', zone: '+02:00:30'}"))
                .withMessageContaining("is no time zone like UTC, Europe/Berlin or +02:00: '+02:00:30'");
    }

    @Test
    void refusesAScheduleOfAJobThatSomebodyWouldHaveToTellSomething() {
        String schedule = "schedule: {cron: '0 30 2 * * ?'}";

        assertThat(read("old.yml", "old", GOOD + schedule).schedule()).isPresent();
        assertThatExceptionOfType(InvalidDocumentException.class)
                .isThrownBy(() -> read("old.yml", "old", GOOD.replace("default: 30, ", "") + schedule))
                .withMessageContaining("old.yml:10: schedule")
                .withMessageContaining("parameter days has no default");
    }

    @Test
    void tellsAllThatIsWrongAtOnce() {
        String yaml = """
                name: Other
                operation: burn
                chunk-size: 0
                chunk: 5
                input:
                  query:
                    sql: "DELETE FROM asset WHERE age > :days"
                    parameters:
                      day: {type: number, default: x}
                      n: {type: integer, default: 5, max: 3}
                    timeout: 5 minutes
                """;

        assertThatExceptionOfType(InvalidDocumentException.class)
                .isThrownBy(() -> read("jobs/old.yml", "old", yaml))
                .satisfies(e -> assertThat(String.valueOf(e.getMessage()).lines())
                        .contains(
                                "jobs/old.yml:1: name must be 'old' like the file, in lower case with hyphens, but was 'Other'",
                                "jobs/old.yml:1: description is required",
                                "jobs/old.yml:2: operation must be trash, restore, purge or housekeeping but was 'burn'",
                                "jobs/old.yml:3: chunk-size must be a whole number from 1 to 1000 but was '0'",
                                "jobs/old.yml:7: input.query.sql must start with SELECT or WITH",
                                "jobs/old.yml:7: input.query.sql uses :days, which parameters does not declare",
                                "jobs/old.yml:8: input.query.parameters declare day, which sql does not use",
                                "jobs/old.yml:9: input.query.parameters.day.type must be one of integer, text, date, boolean"
                                        + " but was 'number'",
                                "jobs/old.yml:10: input.query.parameters.n.default is refused: parameter n must be a whole"
                                        + " number from -9223372036854775808 to 3 but was '5'",
                                "jobs/old.yml:11: input.query.timeout must be 1s to 24h, like 30s, 5m or 2h, but was '5 minutes'")
                        .anyMatch(line -> line.startsWith("jobs/old.yml:4: chunk is not a known key")));
    }

    @Test
    void refusesWhatNoQueryCanBe() {
        assertThat(problemsOf("sql: \"SELECT uid FROM asset; DROP TABLE asset\""))
                .containsExactly("jobs/old.yml:6: input.query.sql must be one statement, without ';' inside");
        assertThat(problemsOf("sql: \"SELECT uid FROM asset) q; DROP TABLE asset; SELECT 1 FROM (SELECT 1\""))
                .containsExactly(
                        "jobs/old.yml:6: input.query.sql must be one statement, without ';' inside",
                        "jobs/old.yml:6: input.query.sql has parentheses that do not match");
        for (String comment : List.of("-- done", "/* done */", "# done", "-- done;")) {
            assertThat(problemsOf("sql: \"SELECT uid FROM asset; " + comment + "\""))
                    .containsExactly("jobs/old.yml:6: input.query.sql has a comment after its ';'; leave the ';' out");
        }
        assertThat(problemsOf("sql: \"SELECT uid FROM asset WHERE title = ?\""))
                .containsExactly("jobs/old.yml:6: input.query.sql has a '?'; give parameters names, like :days");
        assertThat(problemsOf("sql: \"SELECT uid FROM asset WHERE title <> '?;(' # a :-) b\\n -- ;)\\n;\\n\""))
                .isEmpty();
    }

    @Test
    void refusesBoundsThatNothingFits() {
        assertThat(problemsOf("sql: 'SELECT :a, :b'\n    parameters:\n      a: {type: integer, min: 9, max: 1}\n"
                        + "      b: {min: 1}"))
                .containsExactly(
                        "jobs/old.yml:8: input.query.parameters.a.min is greater than max, so no value would do",
                        "jobs/old.yml:9: input.query.parameters.b.type must be integer, because only integers have"
                                + " min and max");
    }

    @Test
    void refusesAReasonThatCannotBeKept() {
        assertThat(problemsOf("sql: SELECT 1\nreason: ' '"))
                .containsExactly("jobs/old.yml:7: reason must have 1 to 500 characters but has 0");
        assertThat(problemsOf("sql: SELECT 1\nreason: " + "r".repeat(501)))
                .containsExactly("jobs/old.yml:7: reason must have 1 to 500 characters but has 501");
    }

    @Test
    void refusesADateThatNoDatabaseKeeps() {
        String yaml = """
                name: old
                description: Old assets.
                operation: trash
                input:
                  query:
                    sql: "SELECT :day"
                    parameters:
                      day: {type: date}
                """;
        Input.Query query = (Input.Query) read("old.yml", "old", yaml).input();

        assertThat(Arguments.bind(query, Map.of("day", "2026-01-31"))).isEqualTo(Map.of("day", "2026-01-31"));
        for (String day : List.of("+12026-01-31", "-2026-01-31", "2026-02-30", "soon")) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> Arguments.bind(query, Map.of("day", day)))
                    .withMessage("parameter day must be a date like 2026-01-31 but was '" + day + "'");
        }
    }

    private static List<String> problemsOf(String query) {
        String yaml = "name: old\ndescription: d\noperation: trash\ninput:\n  query:\n    " + query + "\n";
        try {
            read("jobs/old.yml", "old", yaml);
            return List.of();
        } catch (InvalidDocumentException e) {
            return String.valueOf(e.getMessage()).lines().toList();
        }
    }

    @Test
    void tellsEveryArgumentThatDoesNotFit() {
        Input.Query query = (Input.Query) read("old.yml", "old", GOOD).input();

        assertThatIllegalArgumentException()
                .isThrownBy(() -> Arguments.bind(query, Map.of("days", "100", "dais", "1")))
                .withMessage("""
                        parameter days must be a whole number from 1 to 99 but was '100'
                        there is no parameter dais; known: days""");
    }

    @Test
    void namesTheJobsThereAre() {
        Jobs jobs = new Jobs("jobs", Map.of("old.yml", () -> GOOD, "new.yml", () -> GOOD), schedule -> {});

        assertThatExceptionOfType(NoSuchElementException.class)
                .isThrownBy(() -> jobs.named("odl"))
                .withMessage("there is no job 'odl' in jobs; there are: new, old");
    }

    private static JobDefinition read(String file, String name, String yaml) {
        return new JobFile(schedule -> {
                    if (schedule.cron().contains("25")) {
                        throw new IllegalArgumentException("there is no hour 25");
                    }
                })
                .read(file, name, yaml);
    }
}
