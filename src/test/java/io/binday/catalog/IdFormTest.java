package io.binday.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import io.binday.catalog.TableShape.Collation;
import io.binday.catalog.TableShape.Column;
import java.math.BigInteger;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class IdFormTest {

    @ParameterizedTest
    @CsvSource({
        "int, 2147483647, true",
        "int, 2147483648, false",
        "int, -2147483648, true",
        "int unsigned, 4294967295, true",
        "int unsigned, -1, false",
        "tinyint(4), 128, false",
        "bigint unsigned, 18446744073709551615, true",
        "bigint unsigned, 18446744073709551616, false",
        "bigint, 007, false",
        "bigint, +7, false",
        "bigint, 7.0, false",
        "bigint, -0, false",
        "bigint, 0, true",
        "binary(16), 11111111-2222-3333-4444-55555555ABCD, true",
        "binary(16), 1111111122223333444455555555abcd, true",
        "binary(16), 11111111, false",
    })
    void takesWhatTheColumnCanHold(String type, String id, boolean held) {
        assertThat(form(type).canonical(id).isPresent()).isEqualTo(held);
    }

    @Test
    void writesUuidsInOneWay() {
        assertThat(form("binary(16)").canonical("1111111122223333444455555555ABCD"))
                .contains("11111111-2222-3333-4444-55555555abcd");
    }

    @Test
    void takesZerosInFrontWhereTheDatabaseShowsThem() {
        assertThat(form("int(8) unsigned zerofill").canonical("0000000042")).contains("42");
        assertThat(form("int(8) unsigned zerofill").canonical("0")).contains("0");
        assertThat(form("int(8) unsigned zerofill").canonical("004294967296")).isEmpty();
    }

    @Test
    void bindsNumbersAsNumbers() {
        assertThat(form("bigint unsigned").argument("7")).isEqualTo(7L);
        assertThat(form("bigint unsigned").argument("18446744073709551615"))
                .isEqualTo(new BigInteger("18446744073709551615"));
    }

    @Test
    void knowsThatSomeCollationsTakeSeveralSpellingsForOne() {
        assertThat(text("utf8mb4", "utf8mb4_bin").exact()).isTrue();
        assertThat(text("utf8mb4", "utf8mb4_0900_ai_ci").exact()).isFalse();
    }

    @Test
    void convertsOnlyWhatIsComparedOtherwise() {
        assertThat(text("utf8mb4", "utf8mb4_bin").comparable("w.asset_id")).isEqualTo("w.asset_id");
        assertThat(text("utf8mb4", "utf8mb4_0900_bin").comparable("w.asset_id"))
                .isEqualTo("CONVERT(w.asset_id USING utf8mb4) COLLATE utf8mb4_0900_bin");
        assertThat(text("ascii", "ascii_bin").comparable("w.asset_id")).contains("COLLATE ascii_bin");
    }

    @Test
    void takesNoTextThatTheCharacterSetCannotHold() {
        assertThat(text("ascii", "ascii_bin").canonical("ü")).isEmpty();
        assertThat(text("latin1", "latin1_bin").canonical("ü")).contains("ü");
        assertThat(text("latin1", "latin1_bin").canonical("日")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"float", "'decimal(10,0)'", "binary(15)", "json", "blob", "datetime"})
    void refusesOtherTypes(String type) {
        assertThat(IdForm.of(new Column("id", type, Optional.empty()), Dialect.MYSQL))
                .isEmpty();
    }

    private static IdForm form(String type) {
        return IdForm.of(new Column("id", type, Optional.empty()), Dialect.MYSQL)
                .orElseThrow();
    }

    private static IdForm text(String characterSet, String collation) {
        return new TextId(Optional.of(new Collation(characterSet, collation)));
    }
}
