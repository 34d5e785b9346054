package io.binday.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.binday.testing.TestApplication;
import io.binday.trash.Reject;
import io.binday.trash.Rejection;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.dao.IncorrectUpdateSemanticsDataAccessException;

/** The order in which the items of a run are done, on a database. */
abstract class AgendaContract {

    private static final long RUN = 7;
    private static final long EXECUTION = 3;

    private TestApplication app;
    private WorkItemStore items;

    /** A fresh, empty database. */
    abstract String freshDatabase();

    @BeforeEach
    void stage() {
        app = TestApplication.on(freshDatabase());
        items = app.the(WorkItemStore.class);
        StagingStore staging = app.the(StagingStore.class);
        staging.insert(
                RUN,
                staging.batch(List.of(
                        WorkItem.pending(2, "d"),
                        WorkItem.pending(5, "b"),
                        new WorkItem(6, "a", Optional.of(Rejection.of(Reject.NOT_FOUND))),
                        WorkItem.pending(9, "e"),
                        WorkItem.pending(Agenda.PART, "c"),
                        WorkItem.pending(Agenda.PART + 1, "b2"),
                        WorkItem.pending(3L * Agenda.PART, "a2"))));
        staging.insert(RUN + 1, staging.batch(List.of(WorkItem.pending(1, "another run's"))));
    }

    @AfterEach
    void close() {
        app.close();
    }

    @Test
    void goesPartByPartAndByTheIdWithinAPart() {
        Agenda agenda = agenda();

        assertThat(agenda.isBegun()).isFalse();
        assertThat(ids(agenda.take(3))).containsExactly("b", "c", "d");
        assertThat(agenda.isBegun()).isTrue();
        assertThat(ids(agenda.take(3))).as("what is left of a part").containsExactly("e");
        assertThat(ids(agenda.take(3))).containsExactly("b2");
        assertThat(ids(agenda.take(3))).as("an empty part lies between").containsExactly("a2");
        assertThat(agenda.take(3)).isEmpty();
    }

    @Test
    void whatWasPutBackIsNext() {
        Agenda agenda = agenda();
        List<WorkItem> taken = agenda.take(4);

        agenda.putBack(taken.subList(1, 3));

        assertThat(ids(agenda.take(2))).containsExactly("c", "d");
        assertThat(ids(agenda.take(2))).containsExactly("b2");
    }

    @Test
    void anAttemptThatBeginsAgainMeetsTheSameChunks() {
        Agenda agenda = agenda();
        items.done(RUN, EXECUTION, agenda.take(2));
        List<String> next = ids(agenda.take(2));

        assertThat(ids(agenda().take(2))).isEqualTo(next);
        agenda.startOver();
        assertThat(agenda.isBegun()).isFalse();
        assertThat(ids(agenda.take(2))).isEqualTo(next);
    }

    @Test
    void onlyPendingItemsBecomeDone() {
        List<WorkItem> taken = agenda().take(3);
        items.done(RUN, EXECUTION, taken.subList(0, 1));

        assertThat(items.counts(RUN).done()).isEqualTo(1);
        assertThat(items.settledBy(RUN, EXECUTION).done()).isEqualTo(1);
        items.done(RUN, EXECUTION, List.of());
        assertThatThrownBy(() -> items.done(RUN, EXECUTION, taken))
                .isInstanceOf(IncorrectUpdateSemanticsDataAccessException.class)
                .hasMessage("run 7: 3 items should have been pending but 2 were");
        assertThat(items.counts(RUN + 1).done()).isZero();
    }

    private Agenda agenda() {
        return new Agenda(items, RUN);
    }

    private static List<String> ids(List<WorkItem> items) {
        return items.stream().map(WorkItem::assetId).toList();
    }
}
