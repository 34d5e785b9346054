package io.binday.input;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

class InputSpecTest {

    @Test
    void readsWhatAnEarlierVersionHasKeptOfRejects() {
        assertThat(JsonMapper.shared().readValue("{\"kind\":\"rejects\",\"runId\":5,\"cutoff\":null}", InputSpec.class))
                .isEqualTo(new InputSpec.Rejects(5, Optional.empty(), Optional.empty()));
    }

    @Test
    void keepsWhoseAssetsAreTakenBack() {
        InputSpec rejects = new InputSpec.Rejects(6, Optional.empty(), new InputSpec.Run(5).trashedBy());

        assertThat(JsonMapper.shared().readValue(JsonMapper.shared().writeValueAsString(rejects), InputSpec.class))
                .isEqualTo(rejects);
        assertThat(rejects.trashedBy()).contains(5L);
        assertThat(JsonMapper.shared().writeValueAsString(new InputSpec.Run(5)))
                .isEqualTo("{\"kind\":\"run\",\"runId\":5}");
    }
}
