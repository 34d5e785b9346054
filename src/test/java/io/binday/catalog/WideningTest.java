package io.binday.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WideningTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            varchar(64) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin | varchar(255) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin
            int | bigint
            int unsigned | bigint unsigned
            decimal(10,2) | decimal(12,4)
            datetime(3) | datetime(6)
            text CHARACTER SET utf8mb4 COLLATE utf8mb4_bin | longtext CHARACTER SET utf8mb4 COLLATE utf8mb4_bin
            character varying(20) | character varying(40)
            """)
    void seesWhereNoValueChanges(String from, String to) {
        assertThat(Widening.isLossless(from, to)).isTrue();
        assertThat(Widening.isLossless(to, from)).isFalse();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            decimal(10,4) | decimal(10,2)
            decimal(10,2) | decimal(10,4)
            int unsigned | bigint
            int | varchar(20)
            datetime(6) | datetime
            varchar(64) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin | varchar(64) CHARACTER SET latin1 COLLATE latin1_bin
            enum('a','b') | enum('b','a')
            """)
    void saysNoWhenAValueMayChange(String from, String to) {
        assertThat(Widening.isLossless(from, to)).isFalse();
    }
}
