package io.binday.audit;

import io.binday.catalog.DatabaseTime;
import io.binday.run.KeptByJobs;
import io.binday.run.ShellWord;
import io.binday.trash.DatabaseClock;
import io.binday.trash.Retention;
import io.binday.trash.TypedTime;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Asks the checks of an audit; reads only. */
@Component
class AuditStore {

    /** More findings of one check say nothing more. */
    private static final int MOST = 100;
    /** So much later than it could a nightly purge has been there: a day, and two hours for its work. */
    private static final Duration LATE = Duration.ofHours(26);

    private final JdbcClient jdbc;
    private final DatabaseClock clock;
    private final Retention retention;
    private final KeptByJobs kept;

    AuditStore(JdbcClient jdbc, DatabaseClock clock, Retention retention, KeptByJobs kept) {
        this.jdbc = jdbc;
        this.clock = clock;
        this.retention = retention;
        this.kept = kept;
    }

    /** What the checks' parameters are for one audit. */
    Map<String, Object> parameters() {
        Instant now = clock.now();
        Map<String, Object> parameters = new LinkedHashMap<>();
        parameters.put("minuteAgo", DatabaseTime.of(now.minus(Duration.ofMinutes(1))));
        parameters.put("graceStart", DatabaseTime.of(now.minus(Duration.ofMinutes(10))));
        parameters.put("dayAgo", DatabaseTime.of(now.minus(Duration.ofDays(1))));
        Duration age = kept.leastOfScheduled();
        parameters.put("purgeAge", TypedTime.of(age));
        parameters.put("overdue", DatabaseTime.of(now.minus(age).minus(LATE)));
        parameters.put("lately", DatabaseTime.of(now.minus(LATE)));
        parameters.put("retentionSeconds", retention.length().toSeconds());
        parameters.put("fiveMinutesAgoMillis", now.minus(Duration.ofMinutes(5)).toEpochMilli());
        return parameters;
    }

    List<AuditFinding> ask(Check check, Map<String, Object> parameters) {
        List<Map<String, Object>> rows = jdbc
                .sql(check.sql() + " LIMIT " + (check.each() ? MOST : 1))
                .params(parameters)
                .query()
                .listOfRows()
                .stream()
                .map(AuditStore::lowerCase)
                .toList();
        List<AuditFinding> findings = new ArrayList<>();
        for (Map<String, Object> row : rows) {
            if (!check.each()) {
                row.put("count", count(check, parameters));
            }
            findings.add(new AuditFinding(
                    check.code(),
                    filled(check.text(), row, UnaryOperator.identity()),
                    row,
                    filled(check.remedy(), row, ShellWord::of)));
        }
        if (check.each() && rows.size() == MOST) {
            long others = count(check, parameters) - MOST;
            if (others > 0) {
                findings.add(new AuditFinding(
                        check.code(),
                        "and %d more, which are not shown".formatted(others),
                        Map.of("count", others),
                        "see to those that are shown, and look again: binday audit"));
            }
        }
        return findings;
    }

    private long count(Check check, Map<String, Object> parameters) {
        return jdbc.sql("SELECT COUNT(*) FROM (" + check.sql() + ") x")
                .params(parameters)
                .query(Long.class)
                .single();
    }

    /** H2 and MySQL differ in the case of labels, and times are shown in seconds. */
    private static Map<String, Object> lowerCase(Map<String, Object> row) {
        Map<String, Object> lower = new LinkedHashMap<>();
        row.forEach((name, value) -> lower.put(name.toLowerCase(Locale.ROOT), shown(value)));
        return lower;
    }

    private static Object shown(@Nullable Object value) {
        if (value instanceof Timestamp time) {
            return shown(time.toLocalDateTime());
        }
        if (value instanceof LocalDateTime time) {
            return DatabaseTime.shown(DatabaseTime.instant(time));
        }
        return value == null ? "" : value;
    }

    /**
     * A template with its values.
     *
     * @param written makes a value fit where it stands: in a command it must be one word
     */
    private static String filled(String template, Map<String, Object> values, UnaryOperator<String> written) {
        String text = template;
        for (Map.Entry<String, Object> value : values.entrySet()) {
            String shown = String.valueOf(value.getValue());
            text = text.replace("{" + value.getKey() + "}", shown.isEmpty() ? "-" : written.apply(shown));
        }
        return text;
    }
}
