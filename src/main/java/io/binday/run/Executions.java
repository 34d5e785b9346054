package io.binday.run;

import io.binday.catalog.DatabaseTime;
import io.binday.run.AttemptReport.StepReport;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.batch.core.BatchStatus;
import org.springframework.batch.core.ExitStatus;
import org.springframework.batch.core.job.JobExecution;
import org.springframework.batch.core.job.JobInstance;
import org.springframework.batch.core.job.parameters.JobParameters;
import org.springframework.batch.core.job.parameters.JobParametersBuilder;
import org.springframework.batch.core.repository.JobRepository;
import org.springframework.batch.core.step.StepExecution;
import org.springframework.batch.infrastructure.item.ExecutionContext;
import org.springframework.stereotype.Component;

/**
 * The executions of runs in Spring Batch's job repository. Whoever begins or closes one must hold the run's lease: that, and
 * not the status in the repository, is what says that nobody else works on it.
 */
@Component
class Executions {

    private static final String RUN_ID = "runId";
    private static final ExitStatus LOST =
            ExitStatus.FAILED.addExitDescription("its process or its connection was lost");

    /** The database keeps times in microseconds. */
    private static final Duration ROUNDING = Duration.ofMillis(1);

    private final JobRepository repository;
    private final WorkItemStore items;

    Executions(JobRepository repository, WorkItemStore items) {
        this.repository = repository;
        this.items = items;
    }

    /**
     * Ends whatever an earlier attempt left open, and begins a new execution of the run.
     *
     * @param own the executions of this process: somebody who has lost the lease, and does not know it yet, may have closed the
     *     last of them while it went on, and begun one after it
     */
    JobExecution begin(Run run, List<JobExecution> own) {
        JobParameters parameters = parameters(run);
        JobInstance instance = instance(run)
                .orElseGet(() -> repository.createJobInstance(run.operation().word(), parameters));
        Optional.ofNullable(repository.getLastJobExecution(instance)).ifPresent(last -> {
            close(run, last);
            own.stream()
                    .reduce((earlier, later) -> later)
                    .filter(mine -> mine.getId() != last.getId())
                    .ifPresent(mine -> closeOwn(run, mine));
        });
        return repository.createJobExecution(instance, parameters, new ExecutionContext());
    }

    /**
     * Ends whatever the attempts left open, without beginning another one.
     *
     * @param forGood whether no other attempt will follow
     */
    void closeAll(Run run, boolean forGood) {
        instance(run).map(repository::getJobExecutions).orElse(List.of()).forEach(any -> close(run, any));
        last(run).ifPresent(last -> {
            if (forGood) {
                last.setStatus(BatchStatus.ABANDONED);
                repository.update(last);
            }
        });
    }

    /**
     * What a process writes after it has lost the lease may say UNKNOWN of an execution that its successor has closed; so it
     * closes it itself, once more. Where a failover has lost its beginning, the number may be of somebody else's execution by now.
     */
    void closeOwn(Run run, JobExecution mine) {
        Optional.ofNullable(repository.getJobExecution(mine.getId()))
                .filter(kept -> Duration.between(mine.getCreateTime(), kept.getCreateTime())
                                .abs()
                                .compareTo(ROUNDING)
                        < 0)
                .ifPresent(own -> close(run, own));
    }

    /** Whether the job repository does not know how the last attempt ended. */
    boolean isLastUnknown(Run run) {
        return last(run).filter(last -> last.getStatus() == BatchStatus.UNKNOWN).isPresent();
    }

    /** All attempts of a run, the first one first. */
    List<AttemptReport> history(Run run) {
        List<JobExecution> all = instance(run).map(repository::getJobExecutions).orElse(List.of()).stream()
                .sorted(Comparator.comparingLong(JobExecution::getId))
                .toList();
        List<AttemptReport> attempts = new ArrayList<>();
        for (JobExecution execution : all) {
            attempts.add(new AttemptReport(
                    attempts.size() + 1,
                    execution.getId(),
                    execution.getStatus().name(),
                    utc(execution.getStartTime()),
                    utc(execution.getEndTime()),
                    execution.getStepExecutions().stream()
                            .sorted(Comparator.comparingLong(StepExecution::getId))
                            .map(Executions::step)
                            .toList()));
        }
        return attempts;
    }

    private static StepReport step(StepExecution step) {
        Optional<Instant> end = utc(step.getEndTime());
        return new StepReport(
                step.getStepName(),
                step.getStatus().name(),
                step.getReadCount(),
                step.getWriteCount(),
                step.getFilterCount(),
                utc(step.getStartTime()).flatMap(start -> end.map(at -> Duration.between(start, at))));
    }

    private static Optional<Instant> utc(@Nullable LocalDateTime time) {
        return Optional.ofNullable(time).map(DatabaseTime::instant);
    }

    private Optional<JobExecution> last(Run run) {
        return instance(run).flatMap(instance -> Optional.ofNullable(repository.getLastJobExecution(instance)));
    }

    private Optional<JobInstance> instance(Run run) {
        return Optional.ofNullable(repository.getJobInstance(run.operation().word(), parameters(run)));
    }

    /** The run's number identifies the instance; nothing else, and never a secret, goes into the parameters. */
    private static JobParameters parameters(Run run) {
        return new JobParametersBuilder().addLong(RUN_ID, run.id()).toJobParameters();
    }

    /**
     * An execution that is STARTED or UNKNOWN although nobody works on it becomes FAILED; and whatever its status, its
     * counters become those that the tables prove.
     */
    private void close(Run run, JobExecution execution) {
        for (StepExecution step : execution.getStepExecutions()) {
            boolean corrected = Pipeline.APPLY.equals(step.getStepName())
                    && recount(step, items.settledBy(run.id(), execution.getId()));
            if (isOpen(step.getStatus())) {
                if (Pipeline.STAGE.equals(step.getStepName()) && !run.staged()) {
                    step.setWriteCount(items.counts(run.id()).total());
                }
                step.setStatus(BatchStatus.FAILED);
                step.setExitStatus(LOST);
                step.setEndTime(heardLast(step.getLastUpdated(), step.getCreateTime()));
                repository.update(step);
            } else if (corrected) {
                repository.update(step);
            }
        }
        if (isOpen(execution.getStatus())) {
            execution.setStatus(BatchStatus.FAILED);
            execution.setExitStatus(LOST);
            execution.setEndTime(execution.getStepExecutions().stream()
                    .flatMap(step -> Stream.ofNullable(step.getEndTime()))
                    .max(Comparator.naturalOrder())
                    .orElseGet(() -> heardLast(execution.getLastUpdated(), execution.getCreateTime())));
            repository.update(execution);
        }
    }

    /**
     * Until when somebody worked on it, as far as the job repository was told: a step tells at each of its commits, and one that
     * came to none has at least been made.
     */
    private static LocalDateTime heardLast(@Nullable LocalDateTime lastUpdated, LocalDateTime created) {
        return Optional.ofNullable(lastUpdated).orElse(created);
    }

    private static boolean isOpen(BatchStatus status) {
        return status.isRunning() || status == BatchStatus.STOPPING || status == BatchStatus.UNKNOWN;
    }

    /** Sets a step's counters to what the work items say it has settled; true when they were different. */
    static boolean recount(StepExecution step, ItemCounts settled) {
        boolean different = step.getWriteCount() != settled.done()
                || step.getFilterCount() != settled.rejected()
                || step.getReadCount() != settled.done() + settled.rejected();
        step.setReadCount(settled.done() + settled.rejected());
        step.setWriteCount(settled.done());
        step.setFilterCount(settled.rejected());
        return different;
    }

    /** The assets that the job repository counts as written, over all executions of the instance. */
    long written(JobInstance instance) {
        return repository.getJobExecutions(instance).stream()
                .flatMap(execution -> execution.getStepExecutions().stream())
                .filter(step -> Pipeline.APPLY.equals(step.getStepName()))
                .mapToLong(StepExecution::getWriteCount)
                .sum();
    }
}
