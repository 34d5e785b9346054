package io.binday.run;

import io.binday.binary.Outbox;
import io.binday.catalog.Catalog;
import io.binday.input.InputSpec;
import io.binday.input.Inputs;
import io.binday.trash.OperationName;
import java.util.Optional;
import java.util.regex.Pattern;
import org.springframework.batch.core.job.Job;
import org.springframework.batch.core.job.builder.JobBuilder;
import org.springframework.batch.core.job.builder.SimpleJobBuilder;
import org.springframework.batch.core.repository.JobRepository;
import org.springframework.batch.core.step.Step;
import org.springframework.batch.core.step.builder.StepBuilder;
import org.springframework.batch.core.step.tasklet.Tasklet;
import org.springframework.batch.core.step.tasklet.TaskletStep;
import org.springframework.stereotype.Component;

/** Builds the Spring Batch job of one attempt: stage, approve, apply, reconcile, whatever the operation is. */
@Component
class Pipeline {

    static final String STAGE = "stage";
    static final String APPROVE = "approve";
    static final String APPLY = "apply";
    static final String RECONCILE = "reconcile";

    private final JobRepository repository;
    private final Stores stores;
    private final Executions executions;
    private final Inputs inputs;
    private final Catalog catalog;
    private final SafetyValve valve;
    private final Outbox outbox;

    Pipeline(
            JobRepository repository,
            Stores stores,
            Executions executions,
            Inputs inputs,
            Catalog catalog,
            SafetyValve valve,
            Outbox outbox) {
        this.repository = repository;
        this.stores = stores;
        this.executions = executions;
        this.inputs = inputs;
        this.catalog = catalog;
        this.valve = valve;
        this.outbox = outbox;
    }

    Job job(Attempt attempt) {
        StageTasklet stage = new StageTasklet(
                attempt,
                stores,
                () -> inputs.reopen(attempt.run().input(), attempt.run().digest()),
                idPattern(attempt.run()));
        SimpleJobBuilder job = new JobBuilder(attempt.run().operation().word(), repository)
                .start(interruptible(STAGE, stage, new BetweenChunks(attempt.gate(), false)))
                .next(step(APPROVE, new ApprovalTasklet(attempt, stores, valve)))
                .next(interruptible(APPLY, new ApplyTasklet(attempt, stores), new BetweenChunks(attempt.gate(), true)));
        if (attempt.run().operation() == OperationName.PURGE) {
            job.next(interruptible(
                    "binaries", new BinaryTasklet(attempt, stores, outbox), new BetweenChunks(attempt.gate(), true)));
        }
        return job.next(step(RECONCILE, new ReconcileTasklet(attempt, stores, executions)))
                .build();
    }

    /** What is in the trash is an asset ID, whatever the pattern says by now. */
    private Optional<Pattern> idPattern(Run run) {
        InputSpec input = run.input();
        boolean ofTrash = run.operation() == OperationName.PURGE
                || input instanceof InputSpec.Run
                || (run.operation() == OperationName.RESTORE && input instanceof InputSpec.Rejects);
        return ofTrash ? Optional.empty() : catalog.asset().idPattern();
    }

    /** A step that can wait and stop between two transactions. */
    private Step interruptible(String name, Tasklet tasklet, BetweenChunks policy) {
        TaskletStep step = step(name, tasklet);
        step.setInterruptionPolicy(policy);
        return step;
    }

    private TaskletStep step(String name, Tasklet tasklet) {
        return new StepBuilder(name, repository)
                .tasklet(tasklet, stores.transactions())
                .build();
    }
}
