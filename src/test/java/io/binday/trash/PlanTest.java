package io.binday.trash;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

class PlanTest {

    @Test
    void readsPlansThatWereKeptBeforeItKnewAllItKnowsNow() {
        Plan plan = JsonMapper.shared()
                .readValue(
                        "{\"assets\":1,\"references\":{\"page\":2},\"owners\":{},\"bytes\":null,\"examples\":[],\"later\":1}",
                        Plan.class);

        assertThat(plan.references()).containsEntry("page", 2L);
        assertThat(plan.dropped()).isEmpty();
        assertThat(plan.moves()).isEmpty();
    }
}
