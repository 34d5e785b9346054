package io.binday.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * Every column of every row of the stack's tables at one moment, to prove later that nothing was lost, doubled or
 * changed.
 */
public record StackContent(Map<String, List<String>> rows) {

    private static final Map<String, String> MOVED = Map.of(
            "asset", "uid",
            "entry_asset_reference", "asset_uid",
            "asset_publication", "asset_uid");
    private static final List<String> UNTOUCHED = List.of("asset_folder", "entry", "environment");

    /** Reads everything there is. */
    public static StackContent of(JdbcTemplate jdbc) {
        Map<String, List<String>> rows = new LinkedHashMap<>();
        Stream.concat(MOVED.keySet().stream().sorted(), UNTOUCHED.stream())
                .forEach(table -> rows.put(table, read(jdbc, "SELECT * FROM " + table, "")));
        return new StackContent(rows);
    }

    /**
     * Asserts that every row that was live then is now live or in its mirror, exactly once and unchanged, that an
     * asset's rows are all on the same side, and that the trash list names exactly the assets in the mirror.
     */
    public void assertNothingLostOrDoubled(JdbcTemplate jdbc) {
        MOVED.forEach((table, asset) -> {
            List<String> live = read(jdbc, "SELECT * FROM " + table, "");
            List<String> mirrored = read(jdbc, "SELECT * FROM binday_trash_" + table, "binday_row");
            assertThat(Stream.concat(live.stream(), mirrored.stream()).sorted().toList())
                    .as("rows of " + table + ", live and mirrored")
                    .isEqualTo(rows.get(table));
            assertThat(jdbc.queryForList(
                            "SELECT m." + asset + " FROM binday_trash_" + table + " m" + " WHERE m." + asset
                                    + " NOT IN (SELECT asset_id FROM binday_trash)",
                            String.class))
                    .as("mirrored rows of " + table + " without a trash row")
                    .isEmpty();
            assertThat(jdbc.queryForList(
                            "SELECT t." + asset + " FROM " + table + " t JOIN binday_trash b ON b.asset_id = t."
                                    + asset,
                            String.class))
                    .as("live rows of " + table + " of trashed assets")
                    .isEmpty();
        });
        assertThat(jdbc.queryForObject("SELECT COUNT(*) FROM binday_trash", Long.class))
                .isEqualTo(jdbc.queryForObject("SELECT COUNT(*) FROM binday_trash_asset", Long.class));
        UNTOUCHED.forEach(table -> assertThat(read(jdbc, "SELECT * FROM " + table, ""))
                .as("rows of " + table)
                .isEqualTo(rows.get(table)));
    }

    /** Asserts that no row of the stack differs from then, and that nothing is in the trash. */
    public void assertUntouched(JdbcTemplate jdbc) {
        assertThat(of(jdbc)).isEqualTo(this);
        assertThat(jdbc.queryForObject("SELECT COUNT(*) FROM binday_trash", Long.class))
                .isZero();
    }

    private static List<String> read(JdbcTemplate jdbc, String sql, String without) {
        return jdbc.query(sql, (rs, number) -> line(rs, without)).stream()
                .sorted()
                .toList();
    }

    private static String line(ResultSet rs, String without) throws SQLException {
        ResultSetMetaData columns = rs.getMetaData();
        StringBuilder line = new StringBuilder();
        for (int i = 1; i <= columns.getColumnCount(); i++) {
            if (!columns.getColumnLabel(i).equals(without)) {
                line.append(columns.getColumnLabel(i))
                        .append('=')
                        .append(rs.getString(i))
                        .append('|');
            }
        }
        return line.toString();
    }
}
