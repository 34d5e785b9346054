package io.binday.audit;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Something that is not as it should be.
 *
 * @param code a stable word for scripts
 * @param text what is wrong, with its place and numbers
 * @param numbers the numbers and names by themselves
 * @param remedy the command that repairs it, or where to read on
 */
public record AuditFinding(String code, String text, Map<String, Object> numbers, String remedy) {

    public AuditFinding {
        numbers = new LinkedHashMap<>(numbers);
    }
}
