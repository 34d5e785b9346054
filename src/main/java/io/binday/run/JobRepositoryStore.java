package io.binday.run;

/** How Binday's runs stand in the tables of Spring Batch. */
public final class JobRepositoryStore {

    /** The executions of runs ({@code e}); the run's number is the value of the only parameter there is ({@code p}). */
    public static final String EXECUTIONS = """
            BATCH_JOB_EXECUTION e
            JOIN BATCH_JOB_INSTANCE i ON i.JOB_INSTANCE_ID = e.JOB_INSTANCE_ID
                AND i.JOB_NAME IN ('trash', 'restore', 'purge')
            JOIN BATCH_JOB_EXECUTION_PARAMS p ON p.JOB_EXECUTION_ID = e.JOB_EXECUTION_ID AND p.PARAMETER_NAME = 'runId'""";

    private JobRepositoryStore() {}
}
