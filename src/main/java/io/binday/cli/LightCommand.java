package io.binday.cli;

import java.util.Map;

/** A command that reads, or asks for something in a row or two: what it does not use is not made. */
abstract class LightCommand extends BaseCommand {

    LightCommand(Session session) {
        super(session);
    }

    @Override
    final Map<String, String> settings() {
        return Map.of("spring.main.lazy-initialization", "true");
    }
}
