package io.binday.audit;

import io.binday.catalog.CatalogCheck;
import io.binday.catalog.CatalogRefusedException;
import io.binday.catalog.MovedTable;
import io.binday.trash.AssetLookupStore;
import java.util.List;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** What happened to one asset, from the events, the holds, the ledger, the outbox and the runs; reads only. */
@Component
public final class AssetHistory {

    private final AssetHistoryStore store;
    private final AssetLookupStore lookup;
    private final CatalogCheck catalog;

    AssetHistory(AssetHistoryStore store, AssetLookupStore lookup, CatalogCheck catalog) {
        this.store = store;
        this.lookup = lookup;
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
    public Optional<Story> of(String given) {
        Optional<MovedTable> assets = assets();
        String assetId = assets.map(table -> lookup.idOf(given, table)).orElse(given);
        List<HistoryEntry> entries = store.entries(assetId);
        Optional<String> now = store.trashed(assetId)
                .map(trashed -> isLive(assetId, assets) ? trashed + "; and live, made again meanwhile" : trashed)
                .or(() -> live(assetId, assets, !entries.isEmpty()).map(words -> words + purgedBefore(assetId)))
                .or(() -> store.purged(assetId));
        if (entries.isEmpty() && now.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(
                new Story(assetId, now.orElse("neither live, nor in the trash, nor purged by Binday"), entries));
    }

    private String purgedBefore(String assetId) {
        return store.purged(assetId).isPresent()
                ? "; it was purged before: see below what became of its file then"
                : "";
    }

    private Optional<MovedTable> assets() {
        try {
            return Optional.of(catalog.bind().asset());
        } catch (CatalogRefusedException e) {
            return Optional.empty();
        }
    }

    private boolean isLive(String assetId, Optional<MovedTable> assets) {
        return assets.flatMap(table -> store.live(assetId, table)).isPresent();
    }

    private Optional<String> live(String assetId, Optional<MovedTable> assets, boolean known) {
        if (assets.isPresent()) {
            return store.live(assetId, assets.get());
        }
        return Optional.of("not in the trash; whether it is live is unknown, because the catalog does not fit")
                .filter(words -> known);
    }
}
