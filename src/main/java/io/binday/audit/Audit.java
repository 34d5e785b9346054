package io.binday.audit;

import io.binday.catalog.BoundCatalog;
import io.binday.catalog.CatalogCheck;
import io.binday.catalog.CatalogRefusedException;
import io.binday.catalog.Dialect;
import io.binday.catalog.Finding;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** Looks whether everything is as the promises say; reads only, and may be asked at any time. */
@Component
public final class Audit {

    private static final String DRIFT = "CATALOG_DRIFT";

    private final AuditStore store;
    private final CatalogCheck catalog;
    private final Dialect dialect;

    Audit(AuditStore store, CatalogCheck catalog, Dialect dialect) {
        this.store = store;
        this.catalog = catalog;
        this.dialect = dialect;
    }

    /**
     * Asks every check.
     *
     * @param deep whether to hold every row against the promises too, which takes time with millions of them
     */
    public AuditReport report(boolean deep) {
        List<AuditFinding> findings = new ArrayList<>();
        Optional<BoundCatalog> bound = bound(findings);
        List<Check> checks = new ArrayList<>(RunCheckStore.checks());
        if (dialect == Dialect.MYSQL) {
            checks.add(RunCheckStore.sequences());
        }
        checks.addAll(TrashCheckStore.checks());
        bound.map(TrashCheckStore::checks).ifPresent(checks::addAll);
        if (deep) {
            checks.addAll(PromiseCheckStore.checks());
        }
        Map<String, Object> parameters = store.parameters();
        List<String> codes = new ArrayList<>(List.of(DRIFT));
        for (Check check : checks) {
            findings.addAll(store.ask(check, parameters));
            codes.add(check.code());
        }
        List<String> skipped = bound.isPresent() ? List.of() : TrashCheckStore.WITH_CATALOG;
        return new AuditReport(codes.stream().distinct().toList(), skipped, findings);
    }

    private Optional<BoundCatalog> bound(List<AuditFinding> findings) {
        try {
            return Optional.of(catalog.bind());
        } catch (CatalogRefusedException e) {
            for (Finding finding : catalog.drift()) {
                findings.add(
                        new AuditFinding(DRIFT, finding.text(), Map.of("finding", finding.code()), finding.remedy()));
            }
            return Optional.empty();
        }
    }
}
