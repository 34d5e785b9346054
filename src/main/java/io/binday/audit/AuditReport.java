package io.binday.audit;

import java.util.List;

/**
 * What an audit came to.
 *
 * @param checks the codes of what was looked at
 * @param skipped the codes of what could not be looked at, because the catalog does not fit the database
 */
public record AuditReport(List<String> checks, List<String> skipped, List<AuditFinding> findings) {

    public AuditReport {
        checks = List.copyOf(checks);
        skipped = List.copyOf(skipped);
        findings = List.copyOf(findings);
    }

    /** Whether everything is as it should be. */
    public boolean clean() {
        return findings.isEmpty();
    }
}
