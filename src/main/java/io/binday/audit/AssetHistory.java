package io.binday.audit;

import io.binday.catalog.BoundCatalog;
import io.binday.catalog.CatalogCheck;
import io.binday.catalog.CatalogRefusedException;
import java.util.List;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** What happened to one asset, from the events, the holds, the ledger, the outbox and the runs; reads only. */
@Component
public final class AssetHistory {

    private final AssetHistoryStore store;
    private final CatalogCheck catalog;

    AssetHistory(AssetHistoryStore store, CatalogCheck catalog) {
        this.store = store;
        this.catalog = catalog;
    }

    /**
     * The story of an asset.
     *
     * @param now where it is now, in words
     * @param entries what happened, the oldest first
     */
    public record Story(String assetId, String now, List<HistoryEntry> entries) {

        public Story {
            entries = List.copyOf(entries);
        }
    }

    /** The story of an asset ID; empty when nobody has ever heard of it. */
    public Optional<Story> of(String assetId) {
        List<HistoryEntry> entries = store.entries(assetId);
        Optional<String> now = store.trashed(assetId)
                .or(() -> live(assetId, !entries.isEmpty()))
                .or(() -> store.purged(assetId));
        if (entries.isEmpty() && now.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(
                new Story(assetId, now.orElse("neither live, nor in the trash, nor purged by Binday"), entries));
    }

    private Optional<String> live(String assetId, boolean known) {
        try {
            BoundCatalog bound = catalog.bind();
            return store.live(assetId, bound.asset());
        } catch (CatalogRefusedException e) {
            return Optional.of("not in the trash; whether it is live is unknown, because the catalog does not fit")
                    .filter(words -> known);
        }
    }
}
