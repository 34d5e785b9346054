package io.binday.trash;

import io.binday.catalog.IdForm;
import io.binday.catalog.MovedTable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.IncorrectUpdateSemanticsDataAccessException;

/**
 * The asset IDs of a chunk as arguments of a statement, in ascending order. Lists of the same length give the same
 * statement, so that the driver keeps it prepared.
 */
record AssetIds(List<String> values) {

    AssetIds {
        values = values.stream().sorted().toList();
    }

    static AssetIds of(Collection<String> values) {
        return new AssetIds(List.copyOf(values));
    }

    AssetIds without(Collection<String> others) {
        return new AssetIds(values.stream().filter(id -> !others.contains(id)).toList());
    }

    boolean isEmpty() {
        return values.isEmpty();
    }

    /**
     * Makes sure that a statement met one row of each asset.
     *
     * @throws IncorrectUpdateSemanticsDataAccessException naming the table, when it did not; a new attempt looks again
     */
    void requireAll(long rows, String table) {
        RowCount.require(table, values.size(), rows);
    }

    /** {@code ?, ?, …}; one of them also when there is no ID, so that the statement stays one. */
    String marks() {
        return String.join(", ", Collections.nCopies(Math.max(1, values.size()), "?"));
    }

    /** The arguments of the marks, compared with Binday's own tables; repeated for each of several lists of marks. */
    Object[] times(int lists) {
        return after(lists);
    }

    /** The arguments of the marks, compared with the asset ID column of a table or its mirror. */
    Object[] times(MovedTable table, int lists) {
        return after(table, lists);
    }

    /** Other arguments first, then those of the marks, repeated for each of several lists of marks. */
    Object[] after(int lists, Object... first) {
        return repeated(values, "", lists, first);
    }

    /** The same for the asset ID column of a table or its mirror; an ID that it cannot hold matches nothing. */
    Object[] after(MovedTable table, int lists, Object... first) {
        IdForm form = table.form();
        List<@Nullable Object> arguments = new ArrayList<>();
        values.forEach(
                id -> arguments.add(form.canonical(id).map(form::argument).orElse(null)));
        return repeated(arguments, null, lists, first);
    }

    private static Object[] repeated(
            List<? extends @Nullable Object> once, @Nullable Object nobody, int lists, Object... first) {
        List<@Nullable Object> all = new ArrayList<>(Arrays.asList(first));
        for (int i = 0; i < lists; i++) {
            if (once.isEmpty()) {
                all.add(nobody);
            } else {
                all.addAll(once);
            }
        }
        return all.toArray();
    }
}
