package io.binday.schedule;

import java.util.function.UnaryOperator;
import org.springframework.stereotype.Component;

/** The commands in what a daemon logs, as they can be typed where it was started. */
@Component
class Remedies {

    private volatile UnaryOperator<String> spelling = UnaryOperator.identity();

    /** From now on. */
    void spellWith(UnaryOperator<String> known) {
        spelling = known;
    }

    /** A message with the commands in it spelled out. */
    String spelled(String message) {
        return spelling.apply(message);
    }
}
