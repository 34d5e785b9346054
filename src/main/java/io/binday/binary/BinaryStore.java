package io.binday.binary;

import java.io.IOException;

/** Where the files of assets are kept. */
public interface BinaryStore {

    /**
     * Deletes a file; idempotent. Nothing is deleted any more once this thread has been interrupted: whoever asked has given up,
     * and the file may be in use again.
     *
     * @return whether there was one
     * @throws IOException when it is still there, or the key means something outside of the store
     */
    boolean delete(String key) throws IOException;
}
