package io.binday.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;

class DatabaseTest {

    @Test
    void namesTheDatabaseWithoutSecrets() {
        assertThat(Database.ofUrl("jdbc:mysql://user:secret@db:3306/cms?password=secret")
                        .place())
                .isEqualTo("MySQL db:3306/cms");
        assertThat(Database.ofUrl("jdbc:h2:file:./data/binday;MODE=MySQL").place())
                .isEqualTo("embedded ./data/binday");
    }

    @Test
    void refusesOtherDatabasesWithoutRepeatingTheUrl() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Database.ofUrl("jdbc:postgresql://user:secret@db/cms"))
                .withMessage("spring.datasource.url must start with jdbc:mysql: or jdbc:h2: but was jdbc:postgresql:…");
    }
}
