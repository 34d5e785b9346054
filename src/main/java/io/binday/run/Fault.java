package io.binday.run;

import io.binday.catalog.RefusedException;
import io.binday.document.InvalidDocumentException;
import java.sql.SQLException;
import java.sql.SQLNonTransientConnectionException;
import java.sql.SQLRecoverableException;
import java.sql.SQLTransientException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.springframework.core.NestedExceptionUtils;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.dao.IncorrectUpdateSemanticsDataAccessException;
import org.springframework.dao.RecoverableDataAccessException;
import org.springframework.dao.TransientDataAccessException;
import org.springframework.transaction.TransactionException;

/** What kind of failure something is, and so what may help. */
enum Fault {
    /** Trying again may help: a deadlock, a lock wait, a lost connection. */
    TRANSIENT,
    /** Rows changed under a statement: trying again may help; if it happens again at the same chunk, an item may be the culprit. */
    CHANGED,
    /** The database refuses these very values: a constraint, a value out of range, a trigger. */
    DATA,
    /** Neither; if it happens again at the same chunk, one of its items may be the culprit. */
    OTHER,
    /** Nothing will help before a person does something. */
    FINAL,
    /** Another process owns the run now. */
    LEASE_LOST;

    private static final Comparator<Fault> MOST_TELLING =
            Comparator.comparing(List.of(LEASE_LOST, FINAL, TRANSIENT, CHANGED, DATA, OTHER)::indexOf);
    private static final Set<String> DATA_CLASSES = Set.of("22", "23", "44", "45");
    /**
     * MySQL's refusals of values that it gives no class to: cut, of a wrong kind, in no partition of the table, against a CHECK.
     */
    private static final Set<Integer> DATA_CODES = Set.of(1265, 1366, 1526, 3819);

    private static final int ER_LOCK_DEADLOCK = 1213;
    /** MySQL's way to say what class 21 says, of a table in a subquery. */
    static final int ER_VIEW_WRONG_LIST = 1353;
    /**
     * The server's own trouble, which no asset is to blame for: a full disk or table, too little memory, or a server that only reads
     * for now.
     */
    private static final Set<Integer> SERVER_IN_TROUBLE =
            Set.of(3, 1021, 1026, 1037, 1038, 1041, 1114, 1206, 1290, 1792, 1836, 3100, 3675);
    /**
     * Among them 21, a table with another number of columns than a moment ago: the next attempt looks at the tables first. And 70, a
     * statement that somebody has ended.
     */
    private static final Set<String> TRANSIENT_CLASSES = Set.of("08", "21", "40", "57", "70");

    /** The kind of a failure, by the most telling link of its chain of causes. */
    static Fault of(Throwable failure) {
        List<Fault> found = new ArrayList<>();
        for (Throwable link = failure; link != null; link = link.getCause()) {
            found.add(ofLink(link));
        }
        return found.stream().min(MOST_TELLING).orElse(OTHER);
    }

    /** Whether a single item of the chunk may be the cause. */
    boolean mayBeOfOneItem() {
        return this == CHANGED || this == DATA || this == OTHER;
    }

    /**
     * Whether a failure may have come from something else that was done at the same time, and the transaction is certain to be
     * undone: a deadlock, a row that changed under a statement, a place that another one has filled meanwhile.
     */
    static boolean isOfTheMoment(Throwable failure) {
        if (failure instanceof IncorrectUpdateSemanticsDataAccessException) {
            return true;
        }
        boolean deadlock = false;
        for (Throwable link = failure; link != null; link = link.getCause()) {
            deadlock |= link instanceof SQLException sql && sql.getErrorCode() == ER_LOCK_DEADLOCK;
        }
        return deadlock || of(failure) == DATA;
    }

    /** The one of several failures that says best what to do next; among equals one that the database itself has named. */
    static Optional<Throwable> mostTelling(List<Throwable> failures) {
        return failures.stream()
                .min(Comparator.comparing(Fault::of, MOST_TELLING).thenComparing(failure -> !isOfDatabase(failure)));
    }

    private static boolean isOfDatabase(Throwable failure) {
        return NestedExceptionUtils.getMostSpecificCause(FailureText.first(failure)) instanceof SQLException;
    }

    private static Fault ofLink(Throwable link) {
        if (link instanceof LeaseLostException) {
            return LEASE_LOST;
        }
        if (link instanceof RefusedException
                || link instanceof InvalidDocumentException
                || link instanceof UnprovenException) {
            return FINAL;
        }
        if (link instanceof TransientDataAccessException
                || link instanceof RecoverableDataAccessException
                || link instanceof DataAccessResourceFailureException
                || link instanceof TransactionException) {
            return TRANSIENT;
        }
        if (link instanceof IncorrectUpdateSemanticsDataAccessException) {
            return CHANGED;
        }
        if (link instanceof DataIntegrityViolationException) {
            return DATA;
        }
        return link instanceof SQLException sql ? ofSql(sql) : OTHER;
    }

    private static Fault ofSql(SQLException e) {
        String state = e.getSQLState() == null || e.getSQLState().length() < 2
                ? ""
                : e.getSQLState().substring(0, 2);
        if (e instanceof SQLTransientException
                || e instanceof SQLRecoverableException
                || e instanceof SQLNonTransientConnectionException
                || e.getErrorCode() == ER_VIEW_WRONG_LIST
                || SERVER_IN_TROUBLE.contains(e.getErrorCode())
                || TRANSIENT_CLASSES.contains(state)) {
            return TRANSIENT;
        }
        return DATA_CLASSES.contains(state) || DATA_CODES.contains(e.getErrorCode()) ? DATA : OTHER;
    }
}
