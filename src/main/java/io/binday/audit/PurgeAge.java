package io.binday.audit;

import java.time.Duration;

/** How old trash becomes where the jobs that purge by themselves do what they say. */
public interface PurgeAge {

    /** The retention, or the least that a job with a schedule keeps trash for where all of them keep it for longer. */
    Duration value();
}
