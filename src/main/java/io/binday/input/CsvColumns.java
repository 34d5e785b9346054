package io.binday.input;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/**
 * Decides, from the first record, whether there is a header and which column has the asset IDs.
 *
 * <p>A first record is a header only when one of its fields has a known name or the name asked for, and none is an asset
 * ID; otherwise it is data, so that no value is ever lost to a header that is none. A known name decides; the looks of
 * the values decide only where there is no header.
 */
final class CsvColumns {

    private static final Set<String> KNOWN =
            Set.of("uid", "asset_uid", "asset_id", "assetid", "assetuid", "asset", "id", "uuid");
    private static final Pattern NUMBER = Pattern.compile("[1-9][0-9]{0,8}");

    private final String file;
    private final Pattern idPattern;
    private final List<String> first;

    CsvColumns(String file, Pattern idPattern, List<String> first) {
        this.file = file;
        this.idPattern = idPattern;
        this.first = first.stream().map(Blanks::strip).toList();
    }

    /**
     * Chooses the column.
     *
     * @param wanted a header's name, or a number counted from 1
     * @throws InputRefusedException naming the columns there are, when none can be chosen
     */
    CsvFormat choose(char separator, Optional<String> wanted) {
        if (wanted.isPresent()) {
            return asked(separator, wanted.get());
        }
        boolean header = isHeader();
        return new CsvFormat(separator, header, guess(header), "").named(first);
    }

    private CsvFormat asked(char separator, String wanted) {
        boolean number = NUMBER.matcher(wanted).matches();
        // Where the first record has an asset ID it is no header, so a number in it is no name.
        Optional<Integer> named = number && first.stream().anyMatch(this::isId) ? Optional.empty() : indexOf(wanted);
        if (named.isPresent()) {
            int place = number ? Integer.parseInt(wanted) - 1 : named.get();
            if (place != named.get() && place < first.size()) {
                throw new InputRefusedException(
                        "%s: --column %s may be the column of that name or of that number; its first record is: %s"
                                .formatted(file, wanted, shown()));
            }
            return new CsvFormat(separator, true, named.get(), "").named(first);
        }
        if (!number) {
            throw new InputRefusedException(file + " has no column '" + wanted + "'; its first record is: " + shown());
        }
        int column = Integer.parseInt(wanted) - 1;
        if (column >= first.size()) {
            throw new InputRefusedException(file + " has no column " + wanted + ": its first record has " + first.size()
                    + (first.size() == 1 ? " field: " : " fields: ") + shown());
        }
        return new CsvFormat(separator, isHeader(), column, "").named(first);
    }

    private boolean isHeader() {
        return first.stream().noneMatch(this::isId) && first.stream().anyMatch(CsvColumns::isKnown);
    }

    private int guess(boolean header) {
        if (first.size() == 1) {
            return 0;
        }
        List<Integer> candidates = IntStream.range(0, first.size())
                .filter(i -> header ? isKnown(first.get(i)) : isId(first.get(i)))
                .boxed()
                .toList();
        if (candidates.size() == 1) {
            return candidates.get(0);
        }
        throw new InputRefusedException(file + ": cannot tell which column has the asset IDs; its first record is: "
                + shown() + "; say it with --column NAME or --column NUMBER");
    }

    private Optional<Integer> indexOf(String name) {
        List<Integer> found = IntStream.range(0, first.size())
                .filter(i -> first.get(i).equalsIgnoreCase(name.strip()))
                .boxed()
                .toList();
        if (found.size() > 1) {
            throw new InputRefusedException(file + " has " + found.size() + " columns '" + name.strip()
                    + "'; say which with --column NUMBER; its first record is: " + shown());
        }
        return found.stream().findFirst();
    }

    private boolean isId(String value) {
        return idPattern.matcher(value).matches();
    }

    private static boolean isKnown(String value) {
        return KNOWN.contains(value.toLowerCase(Locale.ROOT).replace(' ', '_').replace('-', '_'));
    }

    private String shown() {
        String all = String.join(" | ", first);
        return all.length() > 200 ? all.substring(0, 200) + "…" : all;
    }
}
