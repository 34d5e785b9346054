package io.binday.binary;

import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.transaction.support.TransactionOperations.withoutTransaction;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.JdbcTemplate;

class OutboxTest {

    private final Entries entries = new Entries(250);
    private final Outbox outbox = new Outbox(
            entries,
            new BinarySettings(null, "", Duration.ofSeconds(10)),
            Optional.of(key -> true),
            withoutTransaction());
    private final List<Integer> asked = new ArrayList<>();

    /** Entries that wait, in memory. */
    private static final class Entries extends OutboxStore {

        private final List<Entry> waiting = new ArrayList<>();
        private final List<Long> waits = new ArrayList<>();
        private final Map<Long, FileState> settled = new TreeMap<>();
        private final Set<String> errors = new TreeSet<>();
        private boolean taken;

        Entries(int number) {
            super(new JdbcTemplate());
            IntStream.range(0, number).forEach(id -> waiting.add(new Entry(id, "key " + id, 0)));
        }

        @Override
        List<Entry> due(int limit) {
            return List.copyOf(waiting.subList(0, Math.min(limit, waiting.size())));
        }

        @Override
        List<Entry> lock(List<Entry> entries) {
            return taken
                    ? List.of()
                    : entries.stream().filter(waiting::contains).toList();
        }

        @Override
        void postpone(long id, String error, long seconds) {
            waits.add(seconds);
            errors.add(error);
        }

        @Override
        void settle(long id, FileState state) {
            waiting.removeIf(entry -> entry.id() == id);
            settled.put(id, state);
        }
    }

    @Test
    void deletesNothingWhereNobodyCanSayWhatIsInUse() {
        assertThat(outbox.work(keys -> Optional.empty(), List::of)).isFalse();

        assertThat(entries.waiting).hasSize(250);
    }

    private Optional<Set<String>> inUse(Collection<String> keys) {
        asked.add(keys.size());
        return Optional.of(Set.of());
    }

    @Test
    void asksOnceAboutManyFilesBecauseTheKeysMayHaveNoIndex() {
        assertThat(outbox.work(this::inUse, List::of)).isFalse();

        assertThat(asked).containsExactly(250);
        assertThat(entries.waiting).isEmpty();
    }

    @Test
    void waitsTwiceAsLongAfterEachFailureButADayAtMost() {
        entries.waiting.clear();
        for (int attempts : List.of(0, 1, 5, 11, 30, 1_000)) {
            entries.waiting.add(new OutboxStore.Entry(attempts, "key", attempts));
        }
        Outbox failing = new Outbox(
                entries,
                new BinarySettings(null, "", Duration.ofSeconds(10)),
                Optional.of(key -> {
                    throw new IOException("no");
                }),
                withoutTransaction());

        failing.work(this::inUse, List::of);

        assertThat(entries.waits).containsExactly(60L, 120L, 1_920L, 86_400L, 86_400L, 86_400L);
    }

    @Test
    void asksAgainWhereTheAnswerHasGrownOld() {
        assertThat(outbox.work(100, Duration.ZERO, this::inUse, List::of)).isTrue();
        assertThat(outbox.work(100, Duration.ZERO, this::inUse, List::of)).isTrue();

        assertThat(asked).containsExactly(100, 100);
        assertThat(entries.waiting).hasSize(248);
    }

    @Test
    void leavesFilesToWhoeverHasSettledThemMeanwhile() {
        List<String> deleted = new ArrayList<>();
        Outbox late = new Outbox(
                entries,
                new BinarySettings(null, "", Duration.ofSeconds(10)),
                Optional.of(deleted::add),
                withoutTransaction());

        late.work(
                keys -> {
                    entries.waiting.removeIf(entry -> entry.id() < 240);
                    return Optional.of(Set.of());
                },
                List::of);

        assertThat(deleted).hasSize(10);
    }

    @Test
    void comesToAnEndWhereSomebodyElseIsAtAllOfThem() {
        assertThat(outbox.work(
                        250,
                        Duration.ofSeconds(10),
                        keys -> {
                            entries.taken = true;
                            return Optional.of(Set.of());
                        },
                        List::of))
                .isFalse();

        assertThat(entries.waiting).hasSize(250);
    }

    /** A store of which only some files can be seen. */
    private Outbox of(String... present) {
        BinaryStore store = new BinaryStore() {
            @Override
            public boolean delete(String key) {
                return List.of(present).contains(key);
            }

            @Override
            public boolean lacksAll(Collection<String> keys) {
                return Collections.disjoint(keys, List.of(present));
            }
        };
        return new Outbox(
                entries,
                new BinarySettings(null, "", Duration.ofSeconds(10)),
                Optional.of(store),
                withoutTransaction());
    }

    @Test
    void callsNoFileMissingWhereNoFileOfAnotherAssetIsThereEither() {
        of().work(this::inUse, () -> List.of("live 1", "live 2"));

        assertThat(entries.settled).isEmpty();
        assertThat(entries.waits).hasSize(250);
        assertThat(entries.errors)
                .singleElement()
                .asString()
                .contains(
                        "nor is any file of other assets, such as 'live 1'; is the store of binaries mounted, and the right one?");
    }

    @Test
    void callsAFileMissingWhereThatOfALiveAssetIsThereOrAnotherOneWas() {
        of("live 2").work(this::inUse, () -> List.of("live 1", "live 2"));
        assertThat(entries.settled.values()).hasSize(250).containsOnly(FileState.MISSING);

        entries.settled.clear();
        entries.waiting.addAll(List.of(
                new OutboxStore.Entry(1, "gone", 0),
                new OutboxStore.Entry(2, "there", 0),
                new OutboxStore.Entry(3, "gone", 0)));
        of("there").work(this::inUse, () -> List.of("live 1"));
        assertThat(entries.settled)
                .isEqualTo(Map.of(1L, FileState.MISSING, 2L, FileState.DELETED, 3L, FileState.MISSING));
    }

    @Test
    void callsNoFileMissingThatItHasDeletedForAnotherAsset() {
        entries.waiting.clear();
        entries.waiting.addAll(List.of(new OutboxStore.Entry(1, "same", 0), new OutboxStore.Entry(2, "same", 0)));
        Set<String> files = new TreeSet<>(Set.of("same"));
        Outbox shared = new Outbox(
                entries,
                new BinarySettings(null, "", Duration.ofSeconds(10)),
                Optional.of(files::remove),
                withoutTransaction());

        shared.work(this::inUse, List::of);

        assertThat(entries.settled).isEqualTo(Map.of(1L, FileState.DELETED, 2L, FileState.DELETED));
    }

    @Test
    void callsAFileMissingWhereNobodyCanSayWhichShouldBeThere() {
        of().work(this::inUse, List::of);

        assertThat(entries.settled.values()).hasSize(250).containsOnly(FileState.MISSING);
    }
}
