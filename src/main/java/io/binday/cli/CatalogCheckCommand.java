package io.binday.cli;

import io.binday.catalog.CatalogCheck;
import io.binday.catalog.Finding;
import java.util.List;
import picocli.CommandLine.Command;

/** {@code catalog check}: whether runs may start on this database. */
@Command(name = "check", description = "Compares the catalog with the database; exit 1 when a run may not start.")
final class CatalogCheckCommand extends LightCommand {

    CatalogCheckCommand(Session session) {
        super(session);
    }

    /** The answer as JSON. */
    record Answer(String catalog, boolean fits, List<Finding> findings, List<String> words) {}

    @Override
    int execute(Application application) {
        CatalogCheck check = application.the(CatalogCheck.class);
        List<Finding> findings = check.findings();
        List<String> words = findings.isEmpty() ? CatalogWords.of(check.bind()) : List.of();
        Terminal terminal = application.terminal();
        String source = application.catalog().source();
        if (json()) {
            List<Finding> typed = findings.stream()
                    .map(finding -> new Finding(finding.code(), finding.text(), Launcher.spellOut(finding.remedy())))
                    .toList();
            Answer answer = new Answer(source, findings.isEmpty(), typed, words);
            application.answer(answer);
        } else if (findings.isEmpty()) {
            terminal.print("The catalog %s fits %s: table %s with %s."
                    .formatted(
                            source,
                            application.database().place(),
                            application.catalog().asset().table(),
                            Sizes.count(application.catalog().references().size(), "reference")));
            words.forEach(line -> terminal.print("  " + line));
            if (application.catalog().references().isEmpty()) {
                terminal.print("  No reference: what uses an asset would go on naming it when it is in the trash.");
            }
        } else {
            for (Finding finding : findings) {
                terminal.print(finding.code() + ": " + finding.text());
                terminal.print("    " + Launcher.spellOut(finding.remedy()));
            }
        }
        return findings.isEmpty() ? ExitCode.DONE : ExitCode.FAILED;
    }
}
