package io.binday.input;

import java.nio.charset.StandardCharsets;
import java.util.Iterator;
import java.util.stream.IntStream;

/** Asset IDs given on the command line; the first is line 1. */
final class IdsInput implements AssetIdInput {

    private final InputSpec.Ids spec;

    IdsInput(InputSpec.Ids spec) {
        if (spec.values().isEmpty()) {
            throw new InputRefusedException("no asset ID was given");
        }
        this.spec = spec;
    }

    @Override
    public InputSpec spec() {
        return spec;
    }

    @Override
    public InputDigest digest() {
        String all = String.join("\n", spec.values());
        return new InputDigest(
                spec.kind(),
                spec.values().size() + (spec.values().size() == 1 ? " ID" : " IDs"),
                Sha256.of(all),
                all.getBytes(StandardCharsets.UTF_8).length);
    }

    @Override
    public String understanding() {
        return "given on the command line";
    }

    @Override
    public Values open() {
        Iterator<InputValue> values = IntStream.range(0, spec.values().size())
                .mapToObj(i -> new InputValue(i + 1L, Blanks.strip(spec.values().get(i))))
                .iterator();
        return new Values() {
            @Override
            public boolean hasNext() {
                return values.hasNext();
            }

            @Override
            public InputValue next() {
                return values.next();
            }

            @Override
            public void close() {
                // nothing is held open
            }
        };
    }
}
