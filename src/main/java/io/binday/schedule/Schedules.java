package io.binday.schedule;

import io.binday.catalog.Dialect;
import io.binday.job.JobDefinition;
import io.binday.job.JobDefinition.Schedule;
import io.binday.job.Jobs;
import io.binday.run.Run;
import io.binday.run.Runs;
import io.binday.run.StopSignal;
import java.text.ParseException;
import java.util.ArrayList;
import java.util.Date;
import java.util.HashSet;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.TimeZone;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.quartz.CronExpression;
import org.quartz.CronScheduleBuilder;
import org.quartz.CronTrigger;
import org.quartz.JobBuilder;
import org.quartz.JobDetail;
import org.quartz.JobKey;
import org.quartz.Scheduler;
import org.quartz.SchedulerException;
import org.quartz.Trigger;
import org.quartz.TriggerBuilder;
import org.quartz.TriggerKey;
import org.quartz.impl.matchers.GroupMatcher;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.context.ApplicationContext;
import org.springframework.scheduling.quartz.SchedulerFactoryBean;
import org.springframework.scheduling.quartz.SpringBeanJobFactory;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;

/**
 * The schedules of the jobs, kept by Quartz in the database for all daemons together. Quartz is not even made before
 * somebody asks for it, because most commands do not.
 */
@Component
public final class Schedules implements DisposableBean {

    private static final String GROUP = "binday";

    private final Jobs jobs;
    private final Runs runs;
    private final Nights nights;
    private final Dialect dialect;
    private final DataSource dataSource;
    private final PlatformTransactionManager transactions;
    private final ApplicationContext context;
    private @Nullable SchedulerFactoryBean quartz;

    Schedules(
            Jobs jobs,
            Runs runs,
            Nights nights,
            Dialect dialect,
            DataSource dataSource,
            PlatformTransactionManager transactions,
            ApplicationContext context) {
        this.jobs = jobs;
        this.runs = runs;
        this.nights = nights;
        this.dialect = dialect;
        this.dataSource = dataSource;
        this.transactions = transactions;
        this.context = context;
    }

    /**
     * Takes the schedules of the job files over and begins to start jobs at their times, until {@link #destroy}.
     *
     * @param stop stops the runs that are working
     * @return the schedules
     * @throws IllegalArgumentException with every problem of the schedules; then nothing was changed
     */
    public List<ScheduledJob> start(StopSignal stop) {
        List<JobDefinition> scheduled = definitions();
        requireValid(scheduled);
        return ask(scheduler -> {
            scheduler.getContext().put(NightJob.STOP, stop);
            for (JobDefinition job : scheduled) {
                install(scheduler, job.name(), job.schedule().orElseThrow());
            }
            removeOthers(scheduler, scheduled);
            scheduler.start();
            return list();
        });
    }

    /** The jobs that have a schedule. */
    public List<ScheduledJob> list() {
        return ask(scheduler -> {
            List<ScheduledJob> all = new ArrayList<>();
            for (JobDefinition job : definitions()) {
                all.add(describe(scheduler, job.name(), job.schedule().orElseThrow()));
            }
            return all;
        });
    }

    /** Has a daemon start a job now; its schedule stays as it is. */
    public void run(String name) {
        ask(scheduler -> {
            requireInstalled(scheduler, name);
            scheduler.triggerJob(key(name));
            return name;
        });
    }

    /** Has no daemon start a job by itself before it is resumed. */
    public void pause(String name) {
        ask(scheduler -> {
            requireInstalled(scheduler, name);
            scheduler.pauseTrigger(triggerKey(name));
            return name;
        });
    }

    /** Lets daemons start a job again; a time that was missed while it was paused is made up for once. */
    public void resume(String name) {
        ask(scheduler -> {
            requireInstalled(scheduler, name);
            scheduler.resumeTrigger(triggerKey(name));
            return name;
        });
    }

    private List<JobDefinition> definitions() {
        return jobs.names().stream()
                .map(jobs::named)
                .filter(job -> job.schedule().isPresent())
                .toList();
    }

    private void requireValid(List<JobDefinition> scheduled) {
        List<String> problems = new ArrayList<>();
        for (JobDefinition job : scheduled) {
            String cron = job.schedule().orElseThrow().cron();
            try {
                CronExpression.validateExpression(cron);
            } catch (ParseException e) {
                problems.add("%s/%s.yml: schedule.cron '%s' cannot be used: %s"
                        .formatted(jobs.place(), job.name(), cron, e.getMessage()));
            }
        }
        if (!problems.isEmpty()) {
            throw new IllegalArgumentException(String.join("\n", problems));
        }
    }

    /** A schedule that has not changed is not touched: writing it anew would forget a night that was missed. */
    private static void install(Scheduler scheduler, String name, Schedule schedule) throws SchedulerException {
        JobDetail detail = JobBuilder.newJob(NightJob.class)
                .withIdentity(key(name))
                .storeDurably()
                .requestRecovery()
                .build();
        scheduler.addJob(detail, true);
        Trigger current = scheduler.getTrigger(triggerKey(name));
        if (current == null) {
            scheduler.scheduleJob(trigger(name, schedule));
        } else if (!isSame(current, schedule)) {
            scheduler.rescheduleJob(triggerKey(name), trigger(name, schedule));
        }
    }

    private static boolean isSame(Trigger current, Schedule schedule) {
        return current instanceof CronTrigger cron
                && cron.getCronExpression().equals(schedule.cron())
                && cron.getTimeZone().toZoneId().equals(schedule.zone());
    }

    private static Trigger trigger(String name, Schedule schedule) {
        return TriggerBuilder.newTrigger()
                .withIdentity(triggerKey(name))
                .forJob(key(name))
                .withSchedule(CronScheduleBuilder.cronSchedule(schedule.cron())
                        .inTimeZone(TimeZone.getTimeZone(schedule.zone()))
                        .withMisfireHandlingInstructionFireAndProceed())
                .build();
    }

    private static void removeOthers(Scheduler scheduler, List<JobDefinition> scheduled) throws SchedulerException {
        Set<JobKey> others = new HashSet<>(scheduler.getJobKeys(GroupMatcher.jobGroupEquals(GROUP)));
        scheduled.forEach(job -> others.remove(key(job.name())));
        scheduler.deleteJobs(List.copyOf(others));
    }

    private ScheduledJob describe(Scheduler scheduler, String name, Schedule schedule) throws SchedulerException {
        Optional<Trigger> trigger = Optional.ofNullable(scheduler.getTrigger(triggerKey(name)));
        boolean paused = scheduler.getTriggerState(triggerKey(name)) == Trigger.TriggerState.PAUSED;
        Optional<Run> last = runs.newestOf(name);
        return new ScheduledJob(
                name,
                schedule.cron(),
                schedule.zone().getId(),
                trigger.isEmpty() ? "NEW" : paused ? "PAUSED" : "ACTIVE",
                trigger.filter(found -> !paused)
                        .flatMap(found -> Optional.ofNullable(found.getNextFireTime()))
                        .map(Date::toInstant),
                last.map(Run::id),
                last.map(Run::status));
    }

    private static void requireInstalled(Scheduler scheduler, String name) throws SchedulerException {
        if (!scheduler.checkExists(triggerKey(name))) {
            throw new NoSuchElementException("no daemon knows a schedule '" + name
                    + "' yet; see: binday schedule list, and start: binday serve");
        }
    }

    private static JobKey key(String name) {
        return new JobKey(name, GROUP);
    }

    private static TriggerKey triggerKey(String name) {
        return new TriggerKey(name, GROUP);
    }

    /** Something asked of Quartz. */
    private interface Question<T> {
        T of(Scheduler scheduler) throws SchedulerException;
    }

    private <T> T ask(Question<T> question) {
        try {
            return question.of(scheduler());
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

    private SchedulerFactoryBean made() throws SchedulerException {
        Properties properties = new Properties();
        properties.setProperty("org.quartz.scheduler.instanceId", "AUTO");
        properties.setProperty("org.quartz.scheduler.idleWaitTime", "5000");
        properties.setProperty("org.quartz.threadPool.threadCount", "2");
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

    /** Starts nothing more, and waits for the runs that are working. */
    public synchronized void finish() {
        if (quartz != null) {
            ask(scheduler -> {
                scheduler.standby();
                return scheduler;
            });
            nights.awaitEnd();
        }
    }

    /**
     * Quartz interrupts its threads when it is shut down, and an interrupted thread takes the embedded database's file
     * away from everybody; so there it is left to the end of the process.
     */
    @Override
    public synchronized void destroy() throws SchedulerException {
        finish();
        if (quartz != null && dialect != Dialect.H2) {
            quartz.destroy();
        }
        quartz = null;
    }
}
