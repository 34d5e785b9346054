package io.binday.catalog;

import io.binday.catalog.SampleRows.Table;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongConsumer;
import javax.sql.DataSource;
import org.springframework.core.io.ClassPathResource;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.init.ResourceDatabasePopulator;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Creates the built-in stack with made-up content, the same for the same size, for trials and benchmarks. It never
 * touches a database that has a stack with content.
 */
@Component
public final class SampleStack {

    private static final int BATCH = 1_000;

    private final DataSource dataSource;
    private final JdbcTemplate jdbc;
    private final Schema schema;
    private final TransactionTemplate transaction;

    SampleStack(
            DataSource dataSource,
            JdbcTemplate jdbc,
            JdbcClient client,
            Dialect dialect,
            PlatformTransactionManager transactions) {
        this.dataSource = dataSource;
        this.jdbc = jdbc;
        this.schema = Schema.of(dialect, client);
        this.transaction = new TransactionTemplate(transactions);
    }

    /** The stack's tables that have rows; a sample may only be created where this is empty. */
    public List<String> occupied() {
        return Arrays.stream(Table.values())
                .map(Table::sqlName)
                .filter(table -> schema.table(TableName.of(table)).isPresent())
                .filter(table -> !jdbc.queryForList("SELECT 1 FROM " + Dialect.quote(table) + " LIMIT 1", Integer.class)
                        .isEmpty())
                .toList();
    }

    /**
     * Creates the tables where they are missing and fills them in one transaction, so that there is all of it or none.
     *
     * @param assets how many assets; the rest is in proportion
     * @param progress told the number of rows so far
     * @return rows by table
     * @throws RefusedException naming the tables, when some have rows
     */
    public Map<String, Long> create(int assets, LongConsumer progress) {
        SampleRows sample = new SampleRows(assets);
        List<String> occupied = occupied();
        if (!occupied.isEmpty()) {
            throw new RefusedException("this database has a stack with rows in " + String.join(", ", occupied)
                    + ";"
                    + " a sample is only created where there is none: choose another database, or drop these tables"
                    + " if nobody needs them");
        }
        new ResourceDatabasePopulator(new ClassPathResource("sample-stack.sql", SampleStack.class)).execute(dataSource);
        Map<String, Long> rows = new LinkedHashMap<>();
        transaction.executeWithoutResult(status -> {
            long total = 0;
            for (Table table : Table.values()) {
                long count = fill(table, sample.of(table), total, progress);
                rows.put(table.sqlName(), count);
                total += count;
            }
        });
        return rows;
    }

    private long fill(Table table, Iterator<Object[]> rows, long before, LongConsumer progress) {
        long count = 0;
        List<Object[]> batch = new ArrayList<>(BATCH);
        while (rows.hasNext()) {
            batch.add(rows.next());
            if (batch.size() == BATCH || !rows.hasNext()) {
                jdbc.batchUpdate(table.insert(), batch);
                count += batch.size();
                batch.clear();
                progress.accept(before + count);
            }
        }
        return count;
    }
}
