package io.binday.catalog;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.regex.Pattern;

/** The two databases Binday works on, and the few words in which their SQL differs. */
public enum Dialect {
    MYSQL("FOR SHARE"),
    /** H2 in MySQL mode; it knows no shared row lock, so the exclusive one stands in. */
    H2("FOR UPDATE");

    private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9_ .,/-]*");
    private static final Pattern BITS = Pattern.compile("(?i)bit\\b.*");
    private static final Pattern SHAPE =
            Pattern.compile("(?i)(geom|point|linestring|polygon|multi(point|linestring|polygon)).*");
    private static final Pattern BYTES = Pattern.compile("(?i).*(binary|blob).*");

    private final String sharedLock;

    Dialect(String sharedLock) {
        this.sharedLock = sharedLock;
    }

    /** The clause that locks the rows of a SELECT against changes, letting others do the same where possible. */
    public String sharedLock() {
        return sharedLock;
    }

    /** The fetch size with which a long answer comes bit by bit; Connector/J streams only when asked with this value, row by row. */
    public int streaming() {
        return this == MYSQL ? Integer.MIN_VALUE : 1000;
    }

    /** A column's value as text for a person, whatever its type. */
    public String readable(String alias, TableShape.Column column) {
        String value = alias + "." + quote(column.name());
        if (this == H2) {
            return "CAST(" + value + " AS VARCHAR)";
        }
        if (column.collation().isPresent()) {
            return "CONVERT(" + value + " USING utf8mb4)";
        }
        if (SHAPE.matcher(column.type()).matches()) {
            return "ST_AsText(" + value + ")";
        }
        if (BITS.matcher(column.type()).matches()) {
            return "CAST(" + value + " + 0 AS CHAR)";
        }
        return BYTES.matcher(column.type()).matches() ? "HEX(" + value + ")" : "CAST(" + value + " AS CHAR)";
    }

    /** A column's value to be kept as a text; null where it is bytes that are none. */
    String text(String alias, TableShape.Column column) {
        String value = alias + "." + quote(column.name());
        return this == MYSQL && BYTES.matcher(column.type()).matches() ? "CONVERT(" + value + " USING utf8mb4)" : value;
    }

    /** A text in the collation of Binday's own tables, to the letter. */
    public String exact(String text) {
        return this == MYSQL ? "CONVERT(" + text + " USING utf8mb4) COLLATE utf8mb4_bin" : text;
    }

    /** A value as a constant of a statement; anything but plain characters as hexadecimal digits, so that no rule of quoting matters. */
    String literal(String value) {
        if (PLAIN.matcher(value).matches()) {
            return "'" + value + "'";
        }
        return this == MYSQL
                ? "_utf8mb4 x'" + HexFormat.of().formatHex(value.getBytes(StandardCharsets.UTF_8)) + "'"
                : "'" + value.replace("'", "''") + "'";
    }

    /**
     * The dialect behind a JDBC URL.
     *
     * @throws IllegalArgumentException naming the URL's scheme when it is neither MySQL nor H2
     */
    public static Dialect ofUrl(String url) {
        if (url.startsWith("jdbc:mysql:")) {
            return MYSQL;
        }
        if (url.startsWith("jdbc:h2:")) {
            return H2;
        }
        int end = url.indexOf(':', "jdbc:".length());
        throw new IllegalArgumentException("spring.datasource.url must start with jdbc:mysql: or jdbc:h2: but was "
                + (end < 0 ? url : url.substring(0, end + 1)) + "…");
    }

    /** An identifier as both databases quote it. */
    public static String quote(String identifier) {
        return "`" + identifier.replace("`", "``") + "`";
    }
}
