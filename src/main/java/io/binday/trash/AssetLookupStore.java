package io.binday.trash;

import io.binday.catalog.MovedTable;
import java.util.List;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;

/** Knows which asset a text means: asset IDs are compared as their column compares them, and Binday's own tables to the letter. */
@Component
public final class AssetLookupStore {

    private final JdbcTemplate jdbc;

    AssetLookupStore(JdbcTemplate jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * The asset ID of the asset in the trash or live that a text means, in the letters of its row.
     *
     * @param asset the table of the assets
     * @return the text as the column would write it when there is no such asset, and as it is when it can be no asset ID
     */
    public String idOf(String given, MovedTable asset) {
        return asset.form()
                .canonical(given)
                .map(id -> {
                    Object argument = asset.form().argument(id);
                    List<String> found = jdbc.queryForList(
                            "SELECT %s FROM %s m WHERE m.%s = ? UNION ALL SELECT %s FROM %s s WHERE s.%s = ?%s"
                                    .formatted(
                                            asset.exactText("m"),
                                            asset.mirror(),
                                            asset.asset(),
                                            asset.exactText("s"),
                                            asset.table(),
                                            asset.asset(),
                                            asset.filter("s")),
                            String.class,
                            argument,
                            argument);
                    return found.isEmpty() ? id : found.get(0);
                })
                .orElse(given);
    }
}
