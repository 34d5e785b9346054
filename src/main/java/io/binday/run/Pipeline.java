package io.binday.run;

import io.binday.catalog.Catalog;
import io.binday.input.Inputs;
import org.springframework.batch.core.job.Job;
import org.springframework.batch.core.job.builder.JobBuilder;
import org.springframework.batch.core.repository.JobRepository;
import org.springframework.batch.core.step.Step;
import org.springframework.batch.core.step.builder.StepBuilder;
import org.springframework.batch.core.step.tasklet.Tasklet;
import org.springframework.stereotype.Component;

/** Builds the Spring Batch job of one attempt: stage, approve, apply, reconcile, whatever the operation is. */
@Component
class Pipeline {

    static final String APPLY = "apply";

    private final JobRepository repository;
    private final Stores stores;
    private final Executions executions;
    private final Inputs inputs;
    private final Catalog catalog;

    Pipeline(JobRepository repository, Stores stores, Executions executions, Inputs inputs, Catalog catalog) {
        this.repository = repository;
        this.stores = stores;
        this.executions = executions;
        this.inputs = inputs;
        this.catalog = catalog;
    }

    Job job(Attempt attempt) {
        StageTasklet stage = new StageTasklet(
                attempt,
                stores,
                () -> inputs.open(attempt.run().input()),
                catalog.asset().idPattern());
        return new JobBuilder(attempt.run().operation(), repository)
                .start(step("stage", stage))
                .next(step("approve", new ApprovalTasklet(attempt, stores)))
                .next(step(APPLY, new ApplyTasklet(attempt, stores)))
                .next(step("reconcile", new ReconcileTasklet(attempt, stores, executions)))
                .build();
    }

    private Step step(String name, Tasklet tasklet) {
        return new StepBuilder(name, repository)
                .tasklet(tasklet, stores.transactions())
                .build();
    }
}
