package io.binday.catalog;

import java.nio.ByteBuffer;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Asset IDs that are UUIDs in 16 bytes, in the order of their digits; written in lower case with hyphens. */
record UuidId() implements IdForm {

    private static final Pattern USUAL = Pattern.compile(
            "([0-9a-fA-F]{8})-?([0-9a-fA-F]{4})-?([0-9a-fA-F]{4})-?([0-9a-fA-F]{4})-?([0-9a-fA-F]{12})");

    @Override
    public String text(String column) {
        return "BIN_TO_UUID(" + column + ")";
    }

    /** Null for what is no UUID, where the server's own function would fail. */
    @Override
    public String comparable(String text) {
        return "UNHEX(REPLACE(" + text + ", '-', ''))";
    }

    /** In either case, with hyphens or without, as {@code canonical} takes it. */
    @Override
    public String isInDocument(String text, String ours) {
        return "LOWER(REPLACE(" + text + ", '-', '')) COLLATE utf8mb4_bin = REPLACE(" + ours + ", '-', '')";
    }

    @Override
    public Object argument(String id) {
        UUID uuid = UUID.fromString(id);
        return ByteBuffer.allocate(16)
                .putLong(uuid.getMostSignificantBits())
                .putLong(uuid.getLeastSignificantBits())
                .array();
    }

    @Override
    public Optional<String> canonical(String given) {
        Matcher matcher = USUAL.matcher(given);
        return matcher.matches()
                ? Optional.of(matcher.replaceFirst("$1-$2-$3-$4-$5").toLowerCase(Locale.ROOT))
                : Optional.empty();
    }

    @Override
    public boolean exact() {
        return true;
    }

    @Override
    public Pattern usualPattern() {
        return USUAL;
    }
}
