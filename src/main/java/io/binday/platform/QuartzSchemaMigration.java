package io.binday.platform;

import io.binday.catalog.Dialect;
import java.util.List;
import org.springframework.stereotype.Component;

/** Quartz's tables, as version 4 of the schema. */
@Component
class QuartzSchemaMigration extends JarScriptMigration {

    QuartzSchemaMigration(Dialect dialect) {
        super("4", "quartz", dialect);
    }

    @Override
    String script(Dialect of) {
        return "org/quartz/impl/jdbcjobstore/" + (of == Dialect.MYSQL ? "tables_mysql_innodb.sql" : "tables_h2.sql");
    }

    @Override
    List<String> tables() {
        return List.of(
                "QRTZ_JOB_DETAILS",
                "QRTZ_TRIGGERS",
                "QRTZ_SIMPLE_TRIGGERS",
                "QRTZ_CRON_TRIGGERS",
                "QRTZ_SIMPROP_TRIGGERS",
                "QRTZ_BLOB_TRIGGERS",
                "QRTZ_CALENDARS",
                "QRTZ_PAUSED_TRIGGER_GRPS",
                "QRTZ_FIRED_TRIGGERS",
                "QRTZ_SCHEDULER_STATE",
                "QRTZ_LOCKS");
    }
}
