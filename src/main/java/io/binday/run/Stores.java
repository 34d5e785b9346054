package io.binday.run;

import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;

/** The tables a run is kept in, and the transactions over them. */
@Component
record Stores(
        RunStore runs,
        StagingStore staging,
        WorkItemStore items,
        TallyStore tallies,
        LeaseStore leases,
        ControlStore controls,
        PlatformTransactionManager transactions) {}
