package io.binday.trash;

import org.springframework.dao.IncorrectUpdateSemanticsDataAccessException;

/** How many rows a statement met. */
final class RowCount {

    private RowCount() {}

    /**
     * Makes sure that it met as many as it should: a row written between two statements is a row lost.
     *
     * @param table its name
     * @throws IncorrectUpdateSemanticsDataAccessException naming the table, when it did not; a new attempt looks again
     */
    static void require(String table, long wanted, long got) {
        if (wanted != got) {
            throw new IncorrectUpdateSemanticsDataAccessException(
                    "table %s changed in between: %d rows expected, %d found".formatted(table, wanted, got));
        }
    }
}
