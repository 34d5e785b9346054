package io.binday.run;

import io.binday.binary.Outbox;
import io.binday.trash.BinaryUseStore;
import org.springframework.batch.core.scope.context.ChunkContext;
import org.springframework.batch.core.step.StepContribution;
import org.springframework.batch.core.step.tasklet.Tasklet;
import org.springframework.batch.infrastructure.repeat.RepeatStatus;

/** Deletes the files whose assets are gone for good, some a transaction; what cannot be deleted now waits in the outbox. */
final class BinaryTasklet implements Tasklet {

    private final Attempt attempt;
    private final Stores stores;
    private final Outbox outbox;

    BinaryTasklet(Attempt attempt, Stores stores, Outbox outbox) {
        this.attempt = attempt;
        this.stores = stores;
        this.outbox = outbox;
    }

    @Override
    public RepeatStatus execute(StepContribution contribution, ChunkContext context) {
        BinaryUseStore use = attempt.operation().binaries().orElseThrow();
        boolean more = outbox.work(use::among, use::examples);
        stores.leases().requireHeld(attempt.lease());
        return more ? RepeatStatus.CONTINUABLE : RepeatStatus.FINISHED;
    }
}
