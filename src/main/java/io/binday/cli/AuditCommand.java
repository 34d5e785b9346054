package io.binday.cli;

import io.binday.audit.Audit;
import io.binday.audit.AuditFinding;
import io.binday.audit.AuditReport;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code audit}: whether everything is as it should be. */
@Command(
        name = "audit",
        description = "Looks whether runs, trash, ledger, files and schedules are as they should be; exit 1 when not.")
final class AuditCommand extends LightCommand {

    @Option(
            names = "--deep",
            description = "hold every row against the promises too, which takes time with millions of them",
            order = 1)
    private boolean deep;

    AuditCommand(Session session) {
        super(session);
    }

    /** The answer as JSON; fields may be added but never change their meaning. */
    record Answer(boolean clean, List<String> checks, List<String> skipped, List<AuditFinding> findings) {}

    @Override
    int execute(Application application) {
        Terminal terminal = application.terminal();
        terminal.say(application.surroundings());
        AuditReport report = application.the(Audit.class).report(deep);
        if (json()) {
            Answer answer = new Answer(
                    report.clean(),
                    report.checks(),
                    report.skipped(),
                    report.findings().stream().map(AuditCommand::typed).toList());
            application.answer(answer);
        } else {
            for (AuditFinding finding : report.findings()) {
                terminal.print(finding.code() + ": " + Launcher.spellOut(finding.text()));
                terminal.print("    " + Launcher.spellOut(finding.remedy()));
            }
        }
        if (!report.skipped().isEmpty()) {
            terminal.say("Not looked at, because the catalog does not fit: " + String.join(", ", report.skipped()));
        }
        terminal.say(Sizes.count(report.checks().size(), "check") + ", "
                + (report.clean()
                        ? "nothing found."
                        : Sizes.count(report.findings().size(), "finding") + "."));
        return report.clean() ? ExitCode.DONE : ExitCode.FAILED;
    }

    /** With commands as they are typed here. */
    private static AuditFinding typed(AuditFinding finding) {
        return new AuditFinding(
                finding.code(),
                Launcher.spellOut(finding.text()),
                finding.numbers(),
                Launcher.spellOut(finding.remedy()));
    }
}
