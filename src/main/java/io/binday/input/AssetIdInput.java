package io.binday.input;

import java.util.Iterator;

/** A stream of values that should be asset IDs. It can be opened again and then starts over. */
public interface AssetIdInput {

    /** What is recorded with the run. */
    InputSpec spec();

    /** What identifies the content; settled when the input was made. */
    InputDigest digest();

    /** One sentence about how the input was understood, for the operator to check. */
    String understanding();

    /**
     * Starts reading; what takes its time comes with the first value.
     *
     * @throws InputRefusedException here or with a value, when it cannot be read, or is not what it was when the input was made
     */
    Values open();

    /** Values in ascending order of their lines; reading them to the end proves that the content is the digest's. */
    interface Values extends Iterator<InputValue>, AutoCloseable {
        /**
         * Has what another thread is reading fail soon, because nobody wants it any more; nothing can be read after that. An input that
         * never lets anybody wait for long does nothing.
         */
        default void giveUp() {}

        @Override
        void close();
    }
}
