package io.binday.run;

import io.binday.trash.Plan;
import org.springframework.batch.core.scope.context.ChunkContext;
import org.springframework.batch.core.step.StepContribution;
import org.springframework.batch.core.step.tasklet.Tasklet;
import org.springframework.batch.infrastructure.repeat.RepeatStatus;

/** Makes the plan, and lets the run pass once somebody has approved it. */
final class ApprovalTasklet implements Tasklet {

    private final Attempt attempt;
    private final Stores stores;
    private final SafetyValve valve;

    ApprovalTasklet(Attempt attempt, Stores stores, SafetyValve valve) {
        this.attempt = attempt;
        this.stores = stores;
        this.valve = valve;
    }

    private void closeValve(Run run) {
        long assets = run.plan().map(Plan::assets).orElse(0L);
        valve.closedFor(run, assets).ifPresent(why -> stores.runs().holdBack(run.id(), why));
    }

    @Override
    public RepeatStatus execute(StepContribution contribution, ChunkContext context) {
        Run run = stores.runs().get(attempt.runId());
        boolean isNew = run.plan().isEmpty();
        if (isNew) {
            stores.runs().keepPlan(run.id(), attempt.operation().plan(WorkItemStore.selection(run.id())));
            run = stores.runs().get(run.id());
            if (run.approved()) {
                closeValve(run);
                run = stores.runs().get(run.id());
            }
        }
        // Whoever is asked about a plan that another process has made has not seen it.
        if (isNew || !run.approved()) {
            attempt.observer().planned(run, stores.items().counts(run.id()));
        }
        stores.leases().requireHeld(attempt.lease());
        if (run.approved()) {
            return RepeatStatus.FINISHED;
        }
        contribution.getStepExecution().setTerminateOnly();
        return RepeatStatus.CONTINUABLE;
    }
}
