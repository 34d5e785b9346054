package io.binday.catalog;

import io.binday.catalog.TableShape.Collation;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** Asset IDs of a text column, compared by its collation. */
record TextId(Optional<Collation> collation) implements IdForm {

    private static final Pattern ANYTHING = Pattern.compile("(?s).+");
    private static final String UNICODE = "utf8mb4";
    private static final String OURS = "utf8mb4_bin";
    /** Character sets that cannot hold every text, as far as a client knows them. */
    private static final Map<String, Charset> NARROW =
            Map.of("ascii", StandardCharsets.US_ASCII, "latin1", Charset.forName("windows-1252"));

    @Override
    public String text(String column) {
        return column;
    }

    /** What the character set cannot hold is null, and not the question mark that a conversion makes of it. */
    @Override
    public String comparable(String text) {
        if (comparesAsOurs()) {
            return text;
        }
        return collation
                .map(c -> {
                    String converted = "CONVERT(" + text + " USING " + c.characterSet() + ")";
                    String comparable = converted + " COLLATE " + c.name();
                    return UNICODE.equals(c.characterSet())
                            ? comparable
                            : "CASE WHEN CONVERT(%s USING utf8mb4) COLLATE utf8mb4_bin = %s THEN %s END"
                                    .formatted(converted, text, comparable);
                })
                .orElse(text);
    }

    @Override
    public boolean comparesAsOurs() {
        return collation.map(Collation::name).filter(OURS::equals).isPresent();
    }

    @Override
    public Object argument(String id) {
        return id;
    }

    @Override
    public Optional<String> canonical(String given) {
        return collation
                        .map(c -> NARROW.get(c.characterSet()))
                        .filter(charset -> !charset.newEncoder().canEncode(given))
                        .isPresent()
                ? Optional.empty()
                : Optional.of(given);
    }

    @Override
    public boolean exact() {
        return collation.filter(c -> !c.name().endsWith("_bin")).isEmpty();
    }

    @Override
    public Pattern usualPattern() {
        return ANYTHING;
    }
}
