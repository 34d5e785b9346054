package io.binday.run;

import java.sql.SQLException;
import org.springframework.core.NestedExceptionUtils;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.dao.OptimisticLockingFailureException;
import org.springframework.transaction.TransactionSystemException;

/** A failure as a run, a daemon or a command tells it. */
public final class FailureText {

    private static final String LOCKED =
            " (somebody else keeps rows or a table locked; while it waits, sys.innodb_lock_waits or sys.schema_table_lock_waits shows who)";
    private static final String LOST_COMMIT =
            "a connection was lost while the database committed, so its answer did not arrive";
    private static final int ER_LOCK_WAIT_TIMEOUT = 1205;

    private FailureText() {}

    /** The failure in the words of the cause that says most: one line of a driver, all that Binday itself says. */
    public static String of(Throwable failure) {
        Throwable cause = NestedExceptionUtils.getMostSpecificCause(first(failure));
        if (isOfLostCommit(cause)) {
            return LOST_COMMIT;
        }
        int code = cause instanceof SQLException sql ? sql.getErrorCode() : 0;
        if (code == Fault.ER_VIEW_WRONG_LIST) {
            return "a table has other columns than when this attempt began";
        }
        String text = cause.getMessage();
        if (text != null && cause.getClass().getName().startsWith("io.binday.")) {
            return text;
        }
        // H2 writes the statement below, after a line that ends so.
        String line = text == null ? "" : text.lines().findFirst().orElse("").replaceFirst("; SQL statement:$", "");
        String said = line.isBlank() ? cause.getClass().getSimpleName() : line;
        return code == ER_LOCK_WAIT_TIMEOUT ? said + LOCKED : said;
    }

    /** What went wrong first: a rollback that fails, because the pool has closed the connection at once, would hide it. */
    public static Throwable first(Throwable failure) {
        for (Throwable link = failure; link != null; link = link.getCause()) {
            if (link instanceof TransactionSystemException rollback && rollback.getApplicationException() != null) {
                return first(rollback.getApplicationException());
            }
        }
        return failure;
    }

    /** Spring Batch's own words of a commit that it does not know the end of, which speak of versions and sequences. */
    private static boolean isOfLostCommit(Throwable cause) {
        return cause instanceof OptimisticLockingFailureException
                || (cause instanceof DataAccessResourceFailureException
                        && String.valueOf(cause.getMessage()).startsWith("Unable to commit new sequence value"));
    }
}
