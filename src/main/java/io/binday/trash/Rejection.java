package io.binday.trash;

import java.util.Optional;

/**
 * An asset ID that was turned down.
 *
 * @param detail what an operator needs beyond the reason, such as the line of which it is a duplicate
 */
public record Rejection(Reject reason, Optional<String> detail) {

    public static Rejection of(Reject reason) {
        return new Rejection(reason, Optional.empty());
    }

    public static Rejection of(Reject reason, String detail) {
        return new Rejection(reason, Optional.of(detail));
    }
}
