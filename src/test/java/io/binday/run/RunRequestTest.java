package io.binday.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.binday.input.AssetIdInput;
import io.binday.input.InputDigest;
import io.binday.input.InputSpec;
import io.binday.trash.OperationName;
import java.util.List;
import org.junit.jupiter.api.Test;

class RunRequestTest {

    @Test
    void measuresAReasonAsItIsKept() {
        String longest = "x".repeat(500);

        assertThat(request(" old\n\t campaign ").reason()).isEqualTo("old campaign");
        assertThat(request(longest + "\n ").reason()).isEqualTo(longest);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> request(longest + "x"))
                .withMessage("a reason must have 1 to 500 characters but has 501");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> request(" \n"))
                .withMessage("a reason must have 1 to 500 characters but has 0");
    }

    private static RunRequest request(String reason) {
        return new RunRequest(OperationName.TRASH, "trash", reason, "tester", new NoInput(), 100, false);
    }

    private record NoInput() implements AssetIdInput {

        @Override
        public InputSpec spec() {
            return new InputSpec.Ids(List.of());
        }

        @Override
        public InputDigest digest() {
            return new InputDigest("ids", "", "", 0);
        }

        @Override
        public String understanding() {
            return "";
        }

        @Override
        public Values open() {
            throw new AssertionError("a request reads nothing");
        }
    }
}
