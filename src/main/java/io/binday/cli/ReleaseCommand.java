package io.binday.cli;

import io.binday.trash.Holds;
import java.util.List;
import picocli.CommandLine.Command;

/** {@code release}: ends holds. */
@Command(name = "release", description = "Ends every hold of assets in the trash, so that they can be purged.")
final class ReleaseCommand extends HoldingCommand {

    ReleaseCommand(Session session) {
        super(session);
    }

    @Override
    Holds.Result change(Holds holds, List<String> assetIds, Holds.Note note) {
        return holds.release(assetIds, note);
    }

    @Override
    Holds.Result changeRun(Holds holds, long run, Holds.Note note) {
        return holds.releaseRun(run, note);
    }

    @Override
    String done() {
        return "released";
    }

    @Override
    String left() {
        return "not on hold";
    }
}
