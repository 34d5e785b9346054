package io.binday.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.binday.audit.Audit;
import io.binday.testing.OnMySql;
import io.binday.trash.Fate;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Moves rows of made-up tables with columns of every type MySQL has through the trash and back, and compares every byte.
 * Repeat with {@code -Dbinday.seed=N}.
 */
@OnMySql
class LosslessIT {

    private static final int SCHEMAS = Integer.getInteger("binday.schemas", 6);
    private static final int ROWS = 25;
    private static final List<String> KEYS = List.of(
            "INT",
            "BIGINT UNSIGNED",
            "SMALLINT",
            "CHAR(36) CHARACTER SET ascii",
            "VARCHAR(64) COLLATE utf8mb4_0900_ai_ci",
            "VARCHAR(80) CHARACTER SET latin1",
            "BINARY(16)",
            "VARCHAR(60) COLLATE utf8mb4_bin");
    private static final List<String> TYPES = List.of(
            "TINYINT",
            "TINYINT UNSIGNED",
            "SMALLINT",
            "MEDIUMINT",
            "INT",
            "BIGINT",
            "BIGINT UNSIGNED",
            "INT ZEROFILL",
            "DECIMAL(30,10)",
            "DECIMAL(65,0)",
            "FLOAT",
            "DOUBLE",
            "BIT(1)",
            "BIT(64)",
            "DATE",
            "TIME(6)",
            "DATETIME(6)",
            "DATETIME",
            "TIMESTAMP(6)",
            "TIMESTAMP",
            "YEAR",
            "CHAR(10) CHARACTER SET latin1",
            "CHAR(10) CHARACTER SET binary",
            "VARCHAR(100) CHARACTER SET utf8mb4",
            "VARCHAR(100) CHARACTER SET ascii",
            "VARCHAR(100) CHARACTER SET utf16",
            "VARCHAR(100) CHARACTER SET latin1 COLLATE latin1_general_cs",
            "TINYTEXT",
            "TEXT CHARACTER SET latin1",
            "MEDIUMTEXT",
            "LONGTEXT",
            "BINARY(20)",
            "VARBINARY(300)",
            "TINYBLOB",
            "BLOB",
            "LONGBLOB",
            "ENUM('a','b c','ü')",
            "SET('x','y','z')",
            "JSON",
            "GEOMETRY",
            "POINT SRID 4326");

    private final long seed = Long.getLong("binday.seed", System.nanoTime());
    private final Random random = new Random(seed);

    @TempDir
    Path folder;

    @Test
    void givesBackEveryByteOfEveryType() throws IOException {
        System.out.println("Lossless: seed " + seed + " (repeat with -Dbinday.seed=" + seed + ")");
        for (int schema = 0; schema < SCHEMAS; schema++) {
            String key = KEYS.get(schema < KEYS.size() ? schema : random.nextInt(KEYS.size()));
            List<String> ids = new ArrayList<>();
            String url = OwnDatabase.database(script(key, ids));
            try (OwnDatabase own = OwnDatabase.installed(folder, url, """
                    name: made up
                    asset: {table: thing, id: id, id-pattern: ".+"}
                    references:
                      - {table: usage of it, asset: thing}
                      - {table: owner, asset: thing, detach: set-null}
                    """)) {
                String[] tables = {"thing", "`usage of it`", "owner"};
                Map<String, String> before = own.checksums(tables);
                String[] given = own.jdbc()
                        .queryForList("SELECT " + text(key) + " FROM thing", String.class)
                        .toArray(String[]::new);

                RunReport trash = own.run("trash", given);

                assertThat(trash.items().done())
                        .as("seed %d, key %s", seed, key)
                        .isEqualTo(ROWS);
                assertThat(own.app.count("SELECT COUNT(*) FROM `usage of it`")).isZero();
                assertThat(own.app.the(Audit.class).report(true).findings()).isEmpty();
                RunReport restore = own.run("restore", given);
                assertThat(restore.references(Fate.REATTACHED)).isEqualTo(trash.references(Fate.DETACHED));
                assertThat(own.checksums(tables))
                        .as("seed %d, key %s", seed, key)
                        .isEqualTo(before);
            }
        }
    }

    private String script(String key, List<String> ids) {
        List<String> things = types();
        List<String> usages = types();
        List<String> statements = new ArrayList<>();
        statements.add("SET SESSION sql_mode = 'ALLOW_INVALID_DATES'");
        statements.add(
                "CREATE TABLE thing (id %s NOT NULL, %s, calculated INT AS (LENGTH(HEX(id))) %s, PRIMARY KEY (id))"
                        .formatted(key, columns(things), random.nextBoolean() ? "STORED" : "VIRTUAL INVISIBLE"));
        statements.add(
                "CREATE TABLE `usage of it` (%s, thing %s NOT NULL, number INT AUTO_INCREMENT PRIMARY KEY, FOREIGN KEY (thing) REFERENCES thing (id) ON DELETE CASCADE)"
                        .formatted(columns(usages), key));
        statements.add(
                "CREATE TABLE owner (a %s, b VARBINARY(8), thing %s NULL, data LONGBLOB, PRIMARY KEY (a, b), FOREIGN KEY (thing) REFERENCES thing (id) ON DELETE SET NULL)"
                        .formatted(KEYS.get(random.nextInt(KEYS.size())), key));
        for (int row = 0; row < ROWS; row++) {
            String id = id(key, row);
            ids.add(id);
            statements.add("INSERT INTO thing (id, %s) VALUES (%s, %s)".formatted(names(things), id, values(things)));
            for (int usage = random.nextInt(4); usage > 0; usage--) {
                statements.add("INSERT INTO `usage of it` (thing, %s) VALUES (%s, %s)"
                        .formatted(names(usages), id, values(usages)));
            }
            statements.add("INSERT INTO owner VALUES (%d, x'%04x', %s, %s)".formatted(row, row, id, bytes(500)));
        }
        return String.join(";\n", statements) + ";\n";
    }

    private List<String> types() {
        List<String> types = new ArrayList<>();
        for (int i = 0; i < 22; i++) {
            types.add(TYPES.get(random.nextInt(TYPES.size())));
        }
        return types;
    }

    private static String names(List<String> types) {
        List<String> names = new ArrayList<>();
        for (int i = 0; i < types.size(); i++) {
            names.add("`c " + i + "`");
        }
        return String.join(", ", names);
    }

    private String columns(List<String> types) {
        List<String> columns = new ArrayList<>();
        for (int i = 0; i < types.size(); i++) {
            boolean invisible = random.nextInt(10) == 0;
            columns.add("`c " + i + "` " + types.get(i) + " NULL" + (invisible ? " INVISIBLE" : ""));
        }
        return String.join(", ", columns);
    }

    private String values(List<String> types) {
        return types.stream()
                .map(type -> random.nextInt(8) == 0 ? "NULL" : value(type))
                .collect(Collectors.joining(", "));
    }

    private static String text(String key) {
        return key.startsWith("BINARY") ? "BIN_TO_UUID(id)" : "id";
    }

    private static String id(String key, int row) {
        if (key.contains("INT")) {
            return row == 0 && key.contains("UNSIGNED") ? "18446744073709551615" : String.valueOf(row * 7);
        }
        if (key.startsWith("BINARY")) {
            return "x'%032x'".formatted(row * 1_000_003L + 1);
        }
        return key.contains("ascii") ? "'id %d'".formatted(row) : "'Ünï %d'".formatted(row);
    }

    private String value(String type) {
        String name = type.replaceAll("[( ].*", "");
        return switch (name) {
            case "TINYINT" -> type.contains("UNSIGNED") ? number(0, 255) : number(-128, 127);
            case "SMALLINT" -> number(-32768, 32767);
            case "MEDIUMINT" -> number(-8388608, 8388607);
            case "INT" -> type.contains("ZEROFILL") ? number(0, 4294967295L) : number(-2147483648L, 2147483647L);
            case "BIGINT" ->
                type.contains("UNSIGNED")
                        ? Long.toUnsignedString(random.nextLong())
                        : String.valueOf(random.nextLong());
            case "DECIMAL" ->
                type.contains("65")
                        ? "-" + "9".repeat(1 + random.nextInt(65))
                        : random.nextInt() + "." + number(0, 9_999_999_999L);
            case "FLOAT" -> String.valueOf(random.nextFloat() * 1e30);
            case "DOUBLE" -> String.valueOf(random.nextGaussian() * 1e-300);
            case "BIT" -> type.contains("64") ? "x'%016x'".formatted(random.nextLong()) : number(0, 1);
            case "DATE" -> pick("'0000-00-00'", "'2024-00-00'", "'2023-02-31'", "'9999-12-31'", "'1000-01-01'");
            case "TIME" -> pick("'-838:59:59'", "'838:59:58.999999'", "'00:00:00.000001'");
            case "DATETIME" ->
                pick("'0000-00-00'", "'2024-03-31 02:30:00.123456'", "'9999-12-31 23:59:59'", "'2023-02-31 01:02:03'");
            case "TIMESTAMP" ->
                pick("'0000-00-00'", "'2024-03-31 02:30:00.654321'", "'2038-01-19 03:14:07'", "'1970-01-01 12:00:01'");
            case "YEAR" -> pick("0", "1901", "2155");
            case "CHAR", "BINARY", "VARBINARY", "TINYBLOB", "BLOB", "LONGBLOB" ->
                type.contains("latin1") ? "'ÿ é '" : bytes(type.contains("LONG") ? 9_000 : 10);
            case "VARCHAR", "TINYTEXT", "TEXT", "MEDIUMTEXT", "LONGTEXT" ->
                type.contains("ascii")
                        ? "'a \\0 ~'"
                        : type.contains("latin1")
                                ? "'grün  '"
                                : pick("'😀 \uD83D\uDC69\u200D\uD83D\uDE80 '", "''", "REPEAT('日本', 20)");
            case "ENUM" -> pick("'a'", "'ü'", "'no such'");
            case "SET" -> pick("''", "'x,z'", "'y'");
            case "JSON" ->
                pick(
                        "'null'",
                        "JSON_OBJECT('d', CAST(1.10 AS DECIMAL(9,4)), 't', TIMESTAMP'2020-01-01 00:00:00', 'b', TRUE)",
                        "'[1, 1.0, 1e2, \"ü\"]'");
            case "GEOMETRY" -> pick("ST_GeomFromText('LINESTRING(0 0, 1 1.5)')", "ST_GeomFromText('POINT(1 2)', 4326)");
            case "POINT" -> "ST_GeomFromText('POINT(48.1 11.5)', 4326)";
            default -> throw new IllegalArgumentException(type);
        };
    }

    private String number(long min, long max) {
        return String.valueOf(min + (long) (random.nextDouble() * (max - min)));
    }

    private String pick(String... values) {
        return values[random.nextInt(values.length)];
    }

    private String bytes(int most) {
        byte[] bytes = new byte[1 + random.nextInt(most)];
        random.nextBytes(bytes);
        return "x'" + HexFormat.of().formatHex(bytes) + "'";
    }
}
