package io.binday.schedule;

import io.binday.catalog.Dialect;
import io.binday.run.FailureText;
import io.binday.run.StopSignal;
import java.io.ObjectInputFilter;
import java.time.Clock;
import java.util.Optional;
import java.util.Properties;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.quartz.Scheduler;
import org.quartz.SchedulerException;
import org.quartz.listeners.SchedulerListenerSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.context.ApplicationContext;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.scheduling.quartz.SchedulerFactoryBean;
import org.springframework.scheduling.quartz.SpringBeanJobFactory;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Quartz with its store in the database, which all daemons share. It is not even made before somebody asks for it, because
 * most commands do not.
 */
@Component
class SharedScheduler implements DisposableBean {

    /** What Quartz keeps of our schedules as objects: maps of words and numbers. */
    private static final String JOB_DATA =
            "org.quartz.JobDataMap;org.quartz.utils.*;java.util.HashMap;java.util.Map$Entry;java.lang.*;!*";

    private static final Logger LOG = LoggerFactory.getLogger(SharedScheduler.class);

    private final Activity activity;
    private final Dialect dialect;
    private final DataSource dataSource;
    private final PlatformTransactionManager transactions;
    private final ApplicationContext context;
    private final Clock clock;
    private @Nullable SchedulerFactoryBean quartz;

    SharedScheduler(
            Activity activity,
            Dialect dialect,
            DataSource dataSource,
            PlatformTransactionManager transactions,
            ApplicationContext context,
            Clock clock) {
        this.activity = activity;
        this.dialect = dialect;
        this.dataSource = dataSource;
        this.transactions = transactions;
        this.context = context;
        this.clock = clock;
    }

    /** Something asked of the timetable. */
    interface Question<T> {
        T of(Timetable timetable) throws SchedulerException;
    }

    /** Something changed in the timetable. */
    interface Change {
        void in(Timetable timetable) throws SchedulerException;
    }

    private interface Use<T> {
        T of(Scheduler scheduler) throws SchedulerException;
    }

    /** In one transaction: Quartz takes its lock for all daemons in the caller's, and does not begin one itself. */
    void change(Change change) {
        ask(timetable -> {
            try {
                new TransactionTemplate(transactions).executeWithoutResult(status -> {
                    try {
                        change.in(timetable);
                    } catch (SchedulerException e) {
                        throw new IllegalStateException("the schedules cannot be changed: " + e.getMessage(), e);
                    }
                });
            } catch (DuplicateKeyException e) {
                throw new SchedulerException("another daemon changes them at this moment; try again", e);
            }
            return timetable;
        });
    }

    /** Reads something. */
    <T> T ask(Question<T> question) {
        return use(scheduler -> question.of(new Timetable(scheduler, clock)));
    }

    /** Begins to start jobs at their times, with a signal that stops the runs that are working. */
    void start(StopSignal stop) {
        use(scheduler -> {
            scheduler.getContext().put(NightJob.STOP, stop);
            scheduler.start();
            return scheduler;
        });
    }

    private <T> T use(Use<T> use) {
        try {
            return use.of(scheduler());
        } catch (SchedulerException e) {
            throw new IllegalStateException("the schedules cannot be used: " + e.getMessage(), e);
        }
    }

    private synchronized Scheduler scheduler() throws SchedulerException {
        if (quartz == null) {
            quartz = made();
        }
        return Optional.ofNullable(quartz.getObject()).orElseThrow();
    }

    /**
     * Quartz reads Java objects from its tables, and whoever can write there could have any object made. Nothing else of this
     * process reads any, so the filter is for all of it; one that the operator has set stays.
     */
    private static synchronized void admitOnlyJobData() {
        if (ObjectInputFilter.Config.getSerialFilter() == null) {
            ObjectInputFilter.Config.setSerialFilter(ObjectInputFilter.Config.createFilter(JOB_DATA));
        }
    }

    private SchedulerFactoryBean made() throws SchedulerException {
        admitOnlyJobData();
        Properties properties = new Properties();
        properties.setProperty("org.quartz.scheduler.instanceId", "AUTO");
        properties.setProperty("org.quartz.scheduler.idleWaitTime", "5000");
        properties.setProperty("org.quartz.threadPool.threadCount", "5");
        properties.setProperty("org.quartz.jobStore.isClustered", "true");
        properties.setProperty("org.quartz.jobStore.clusterCheckinInterval", "3000");
        properties.setProperty("org.quartz.jobStore.misfireThreshold", "60000");
        properties.setProperty("org.quartz.jobStore.acquireTriggersWithinLock", "true");
        SchedulerFactoryBean factory = new SchedulerFactoryBean();
        factory.setSchedulerName("binday");
        factory.setDataSource(dataSource);
        factory.setTransactionManager(transactions);
        factory.setQuartzProperties(properties);
        factory.setAutoStartup(false);
        factory.setSchedulerListeners(new Trouble());
        SpringBeanJobFactory jobFactory = new SpringBeanJobFactory();
        jobFactory.setApplicationContext(context);
        factory.setJobFactory(jobFactory);
        try {
            factory.afterPropertiesSet();
        } catch (SchedulerException e) {
            throw e;
        } catch (Exception e) {
            throw new SchedulerException("cannot make the scheduler", e);
        }
        return factory;
    }

    /** What keeps Quartz from its work, once in a row; its own lines, which are off, would have stack traces, and one a second. */
    private static final class Trouble extends SchedulerListenerSupport {
        /** A job tells by itself that it has failed. */
        private static final String OF_A_JOB = "Job (";

        @Override
        public void schedulerError(String message, SchedulerException cause) {
            if (!message.startsWith(OF_A_JOB)) {
                LOG.warn("nothing can be started at its time: {}; the daemon goes on trying", FailureText.of(cause));
            }
        }
    }

    /** Starts nothing more, and waits for what is working; without the lock, because that may ask Quartz something yet. */
    void finish() {
        if (isMade()) {
            use(scheduler -> {
                scheduler.standby();
                return scheduler;
            });
            activity.awaitEnd();
        }
    }

    private synchronized boolean isMade() {
        return quartz != null;
    }

    /**
     * Quartz interrupts its threads when it is shut down, and an interrupted thread takes the embedded database's file
     * away from everybody; so there it is left to the end of the process, and what it says until then is nobody's concern.
     */
    @Override
    public void destroy() throws SchedulerException {
        finish();
        takeDown();
    }

    private synchronized void takeDown() throws SchedulerException {
        if (quartz != null && dialect != Dialect.H2) {
            quartz.destroy();
        }
        quartz = null;
    }
}
