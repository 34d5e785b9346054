package io.binday.testing;

import io.binday.BindayApplication;
import io.binday.catalog.CatalogInstall;
import io.binday.catalog.SampleStack;
import io.binday.input.InputSpec;
import io.binday.input.Inputs;
import io.binday.run.RunObserver;
import io.binday.run.RunReport;
import io.binday.run.RunRequest;
import io.binday.run.Runs;
import io.binday.run.StopSignal;
import io.binday.trash.OperationName;
import java.util.LinkedHashMap;
import java.util.Map;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.jdbc.core.JdbcTemplate;

/** The application as a command starts it, on a database of the test's own, with short waits. */
public final class TestApplication implements AutoCloseable {

    private final ConfigurableApplicationContext context;

    private TestApplication(ConfigurableApplicationContext context) {
        this.context = context;
    }

    /**
     * Starts the application.
     *
     * @param settings {@code name=value}, overriding the test's own
     */
    public static TestApplication on(String url, String... settings) {
        return on(url, Map.of(), settings);
    }

    /** As {@link #on(String, String...)}, with beans that take the place of, or wrap, the application's own. */
    public static TestApplication on(String url, Map<Class<?>, Object> beans, String... settings) {
        Map<String, String> properties = new LinkedHashMap<>();
        properties.put("spring.datasource.url", url);
        properties.put("spring.datasource.username", url.startsWith("jdbc:h2") ? "binday" : userOf(url));
        properties.put("binday.run.lease", "2s");
        properties.put("binday.run.backoff", "10ms");
        properties.put("binday.run.who", "tester");
        for (String setting : settings) {
            int equals = setting.indexOf('=');
            properties.put(setting.substring(0, equals), setting.substring(equals + 1));
        }
        SpringApplicationBuilder builder = new SpringApplicationBuilder(BindayApplication.class);
        builder.initializers(context -> beans.forEach((type, bean) -> {
            if (context instanceof GenericApplicationContext generic) {
                generic.getBeanFactory().registerSingleton(type.getSimpleName(), bean);
            }
        }));
        return new TestApplication(builder.run(properties.entrySet().stream()
                .map(property -> "--" + property.getKey() + "=" + property.getValue())
                .toArray(String[]::new)));
    }

    private static String userOf(String url) {
        int user = url.indexOf("user=");
        int end = url.indexOf('&', user);
        return user < 0 ? "root" : url.substring(user + "user=".length(), end < 0 ? url.length() : end);
    }

    /** A fresh embedded database in memory. */
    public static String h2(String name) {
        return "jdbc:h2:mem:" + name + "_" + System.nanoTime()
                + ";MODE=MySQL;DATABASE_TO_LOWER=TRUE;CASE_INSENSITIVE_IDENTIFIERS=TRUE;LOCK_TIMEOUT=5000;DB_CLOSE_DELAY=-1";
    }

    /** Creates the sample stack and its mirrors. */
    public TestApplication withSample(int assets) {
        the(SampleStack.class).create(assets, rows -> {});
        the(CatalogInstall.class).install();
        return this;
    }

    public <T> T the(Class<T> type) {
        return context.getBean(type);
    }

    public Runs runs() {
        return the(Runs.class);
    }

    public Inputs inputs() {
        return the(Inputs.class);
    }

    /** A request of a run with the chunks that are configured. */
    public RunRequest request(String operation, InputSpec input, boolean approved) {
        return new RunRequest(
                OperationName.of(operation),
                operation,
                "a test",
                "tester",
                inputs().open(input),
                runs().chunkSize(),
                approved);
    }

    /** A run from its request to its end, or until it waits for approval. */
    public RunReport run(String operation, InputSpec input, boolean approved) {
        return work(runs().create(request(operation, input, approved), true));
    }

    /** Works on a run to its end, or until it waits for approval, with nobody who watches or stops it. */
    public RunReport work(long run) {
        return runs().work(run, new RunObserver() {}, new StopSignal());
    }

    /** The same with a run that has been worked on before. */
    public RunReport restart(long run) {
        return runs().restart(run, new RunObserver() {}, new StopSignal());
    }

    public JdbcTemplate jdbc() {
        return the(JdbcTemplate.class);
    }

    public long count(String sql, Object... arguments) {
        Long count = jdbc().queryForObject(sql, Long.class, arguments);
        return count == null ? 0 : count;
    }

    @Override
    public void close() {
        context.close();
    }
}
