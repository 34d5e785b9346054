package io.binday.input;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;

/**
 * Reads a whole CSV file once before anything is written: its digest, and whether it is text in UTF-8. Constant memory;
 * not thread-safe.
 */
final class CsvScan {

    private static final int BUFFER = 1 << 16;

    private final String name;
    private final MessageDigest digest = Sha256.start();
    private long bytes;
    private long line = 1;
    private char previous = '\n';

    private CsvScan(String name) {
        this.name = name;
    }

    /** The digest and size of a file that passed. */
    record Result(String sha256, long bytes) {}

    /**
     * Scans a file.
     *
     * @throws InputRefusedException with line and byte, for bytes that are not UTF-8 and for NUL
     */
    static Result scan(String name, Path file) throws IOException {
        return new CsvScan(name).run(file);
    }

    private Result run(Path file) throws IOException {
        CharsetDecoder decoder = StandardCharsets.UTF_8
                .newDecoder()
                .onMalformedInput(CodingErrorAction.REPORT)
                .onUnmappableCharacter(CodingErrorAction.REPORT);
        ByteBuffer in = ByteBuffer.allocate(BUFFER);
        CharBuffer out = CharBuffer.allocate(BUFFER);
        try (InputStream stream = Files.newInputStream(file)) {
            boolean end = false;
            while (!end) {
                int read = stream.read(in.array(), in.position(), in.remaining());
                end = read < 0;
                if (!end) {
                    digest.update(in.array(), in.position(), read);
                    in.position(in.position() + read);
                }
                in.flip();
                decode(decoder, in, out, end);
                in.compact();
            }
        }
        return new Result(Sha256.end(digest), bytes);
    }

    private void decode(CharsetDecoder decoder, ByteBuffer in, CharBuffer out, boolean end) {
        int before = in.position();
        long start = bytes;
        CoderResult result = decoder.decode(in, out, end);
        bytes += in.position() - before;
        out.flip();
        while (out.hasRemaining()) {
            char c = out.get();
            if (c == 0) {
                int read = StandardCharsets.UTF_8.encode(out.duplicate().flip()).remaining();
                throw new InputRefusedException(
                        "%s:%d: byte %d (0x00) is no text; convert the file to UTF-8 first, if it is another encoding"
                                .formatted(name, line, start + read));
            }
            look(c);
        }
        out.clear();
        if (result.isError()) {
            throw new InputRefusedException("%s:%d: byte %d (0x%02x) is not UTF-8; convert the file to UTF-8 first"
                    .formatted(name, line, bytes + 1, in.get(in.position()) & 0xff));
        }
    }

    private void look(char c) {
        if (c == '\r' || (c == '\n' && previous != '\r')) {
            line++;
        }
        previous = c;
    }
}
