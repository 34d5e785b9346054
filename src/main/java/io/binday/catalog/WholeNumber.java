package io.binday.catalog;

import java.math.BigInteger;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A column type of whole numbers.
 *
 * @param bits how many it has
 * @param filled whether the database shows them with zeros in front
 */
record WholeNumber(int bits, boolean unsigned, boolean filled) {

    private static final Pattern TYPE =
            Pattern.compile("(tinyint|smallint|mediumint|int|integer|bigint)(?:\\(\\d+\\))?( unsigned)?( zerofill)?");
    private static final Map<String, Integer> BITS =
            Map.of("tinyint", 8, "smallint", 16, "mediumint", 24, "int", 32, "integer", 32, "bigint", 64);

    /** The one that a type is; empty when it is none. */
    static Optional<WholeNumber> of(String type) {
        Matcher matcher = TYPE.matcher(type);
        return matcher.matches()
                ? Optional.of(new WholeNumber(
                        BITS.getOrDefault(matcher.group(1), 64), matcher.group(2) != null, matcher.group(3) != null))
                : Optional.empty();
    }

    BigInteger largest() {
        return BigInteger.TWO.pow(unsigned ? bits : bits - 1).subtract(BigInteger.ONE);
    }

    boolean holds(BigInteger number) {
        return unsigned ? number.signum() >= 0 && number.bitLength() <= bits : number.bitLength() < bits;
    }
}
