package io.binday.audit;

/**
 * A question to the database whose every row is damage.
 *
 * @param code a stable word for scripts
 * @param each whether every row is a finding of its own; otherwise they are one, with their count and an example
 * @param sql a query; its columns may stand in braces in the text and the remedy, as may {@code {count}}
 */
record Check(String code, boolean each, String sql, String text, String remedy) {

    /** The remedy where somebody else has taken or changed rows, which only a copy of them can tell. */
    static final String BACKUP = "src/docs/runbook.md, and a backup of the database";

    /** Every row is a finding. */
    static Check each(String code, String sql, String text, String remedy) {
        return new Check(code, true, sql, text, remedy);
    }

    /** All rows together are one finding; the text shows the first. */
    static Check together(String code, String sql, String text, String remedy) {
        return new Check(code, false, sql, text, remedy);
    }
}
