package io.binday.cli;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;

/** A stream that others may close without closing what is below: standard output stays open until the end. */
final class Unclosed extends FilterOutputStream {

    Unclosed(OutputStream below) {
        super(below);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        out.write(bytes, offset, length);
    }

    @Override
    public void close() throws IOException {
        flush();
    }
}
