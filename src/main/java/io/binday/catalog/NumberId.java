package io.binday.catalog;

import java.math.BigInteger;
import java.util.Optional;
import java.util.regex.Pattern;

/** Asset IDs that are whole numbers, written without leading zeros; where the database shows such, they are taken as well. */
record NumberId(WholeNumber type, Dialect dialect) implements IdForm {

    private static final Pattern USUAL = Pattern.compile("0|-?[1-9][0-9]{0,19}");
    private static final Pattern FILLED = Pattern.compile("[0-9]{1,20}");

    static Optional<IdForm> of(String type, Dialect dialect) {
        return WholeNumber.of(type).map(number -> new NumberId(number, dialect));
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
        return "CAST(" + text + " AS " + (type.unsigned() ? "UNSIGNED" : "SIGNED") + ")";
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
        return type.holds(number) ? Optional.of(number.toString()) : Optional.empty();
    }

    @Override
    public boolean exact() {
        return true;
    }

    @Override
    public Pattern usualPattern() {
        return type.filled() ? FILLED : USUAL;
    }
}
