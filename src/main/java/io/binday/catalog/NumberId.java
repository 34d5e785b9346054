package io.binday.catalog;

import java.math.BigInteger;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Asset IDs that are whole numbers, written without leading zeros.
 *
 * @param bits how many the column has
 * @param filled whether the database shows them with zeros in front, which are then taken as well
 */
record NumberId(int bits, boolean unsigned, boolean filled, Dialect dialect) implements IdForm {

    private static final Pattern TYPE =
            Pattern.compile("(tinyint|smallint|mediumint|int|integer|bigint)(?:\\(\\d+\\))?( unsigned)?( zerofill)?");
    private static final Map<String, Integer> BITS =
            Map.of("tinyint", 8, "smallint", 16, "mediumint", 24, "int", 32, "integer", 32, "bigint", 64);
    private static final Pattern USUAL = Pattern.compile("0|-?[1-9][0-9]{0,19}");
    private static final Pattern FILLED = Pattern.compile("[0-9]{1,20}");

    static Optional<IdForm> of(String type, Dialect dialect) {
        Matcher matcher = TYPE.matcher(type);
        return matcher.matches()
                ? Optional.of(new NumberId(
                        BITS.getOrDefault(matcher.group(1), 64),
                        matcher.group(2) != null,
                        matcher.group(3) != null,
                        dialect))
                : Optional.empty();
    }

    /** Without display width: the text of a column that fills with zeros has none either. */
    @Override
    public String text(String column) {
        return dialect == Dialect.H2 ? "CAST(" + column + " AS VARCHAR)" : "CAST(" + column + " + 0 AS CHAR)";
    }

    @Override
    public String comparable(String text) {
        if (dialect == Dialect.H2) {
            return "CAST(" + text + " AS BIGINT)";
        }
        return "CAST(" + text + " AS " + (unsigned ? "UNSIGNED" : "SIGNED") + ")";
    }

    @Override
    public Object argument(String id) {
        BigInteger number = new BigInteger(id);
        return number.bitLength() < Long.SIZE ? (Object) number.longValueExact() : number;
    }

    @Override
    public Optional<String> canonical(String given) {
        if (!usualPattern().matcher(given).matches()) {
            return Optional.empty();
        }
        BigInteger number = new BigInteger(given);
        boolean fits = unsigned ? number.signum() >= 0 && number.bitLength() <= bits : number.bitLength() < bits;
        return fits ? Optional.of(number.toString()) : Optional.empty();
    }

    @Override
    public boolean exact() {
        return true;
    }

    @Override
    public Pattern usualPattern() {
        return filled ? FILLED : USUAL;
    }
}
