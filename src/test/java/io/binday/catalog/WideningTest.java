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
            datetime | datetime(3)
            timestamp | timestamp(6)
            time with time zone | time(6) with time zone
            char(10) CHARACTER SET ascii COLLATE ascii_bin | varchar(10) CHARACTER SET ascii COLLATE ascii_bin
            varchar(64) CHARACTER SET utf8mb3 COLLATE utf8mb3_general_ci | varchar(64) CHARACTER SET utf8mb4 COLLATE utf8mb4_0900_ai_ci
            text CHARACTER SET ascii COLLATE ascii_bin | text CHARACTER SET utf8mb4 COLLATE utf8mb4_bin
            varchar(2000) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin | text CHARACTER SET utf8mb4 COLLATE utf8mb4_bin
            varchar(63) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin | tinytext CHARACTER SET utf8mb4 COLLATE utf8mb4_bin
            varbinary(200) | blob
            enum('a','b') CHARACTER SET utf8mb4 COLLATE utf8mb4_bin | enum('a','b','c, d') CHARACTER SET utf8mb4 COLLATE utf8mb4_bin
            set('a') | set('a','b')
            """)
    void seesWhereNoValueChanges(String from, String to) {
        assertThat(Widening.isLossless(from, to)).isTrue();
        assertThat(Widening.isLossless(to, from)).isFalse();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            varchar(9) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin | varchar(9) CHARACTER SET utf8mb4 COLLATE utf8mb4_0900_ai_ci
            enum('b') CHARACTER SET utf8mb4 COLLATE utf8mb4_bin | enum('b') CHARACTER SET utf8mb4 COLLATE utf8mb4_0900_ai_ci
            tinyint(1) | tinyint
            """)
    void doesNotMindHowValuesAreComparedOrShown(String from, String to) {
        assertThat(Widening.isLossless(from, to)).isTrue();
        assertThat(Widening.isLossless(to, from)).isTrue();
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
            enum('a') | enum('a'',b')
            enum('a','b') | set('a','b')
            varchar(64) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin | varchar(64) CHARACTER SET utf8mb3 COLLATE utf8mb3_bin
            varchar(64) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin | tinytext CHARACTER SET utf8mb4 COLLATE utf8mb4_bin
            varchar(10) CHARACTER SET ascii COLLATE ascii_bin | char(10) CHARACTER SET ascii COLLATE ascii_bin
            text CHARACTER SET utf8mb4 COLLATE utf8mb4_bin | varchar(2000) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin
            binary(4) | varbinary(4)
            binary(4) | binary(8)
            date | datetime
            geometry | point
            float | double
            """)
    void saysNoWhenAValueMayChange(String from, String to) {
        assertThat(Widening.isLossless(from, to)).isFalse();
    }
}
