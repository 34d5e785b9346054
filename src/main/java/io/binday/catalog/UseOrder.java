package io.binday.catalog;

import io.binday.catalog.BoundCatalog.Use;
import io.binday.catalog.Reference.Detach;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** The order in which references are taken and put back: each after those whose rows its own rows need to come back. */
final class UseOrder {

    private final List<Use> all;
    private final List<Use> inOrder = new ArrayList<>();

    UseOrder(List<Use> all) {
        this.all = all;
        all.stream()
                .sorted(Comparator.comparing(use -> use.reference().detach()))
                .forEach(use -> place(use, new HashSet<>()));
    }

    List<Use> uses() {
        return List.copyOf(inOrder);
    }

    private void place(Use use, Set<Use> waiting) {
        if (inOrder.contains(use) || !waiting.add(use)) {
            return;
        }
        for (Use other : all) {
            boolean needed = use.table().dependencies().stream()
                    .anyMatch(key ->
                            key.referenced().isSame(other.table().source().table()));
            if (needed && other.reference().detach() == Detach.DELETE_ROW) {
                place(other, waiting);
            }
        }
        inOrder.add(use);
    }
}
