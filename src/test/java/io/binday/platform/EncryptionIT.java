package io.binday.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.binday.testing.MySqlServer;
import io.binday.testing.OnMySql;
import io.binday.testing.TestApplication;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/** How the way to the server is encrypted. */
@OnMySql
class EncryptionIT {

    private final MySqlServer server = MySqlServer.shared();
    private final String schema = server.freshSchema();
    private final JdbcTemplate root = new JdbcTemplate(new DriverManagerDataSource(server.url(schema)));

    @AfterEach
    void offerEverythingAgain() {
        if (server.isOwn()) {
            offer("tls_ciphersuites", "NULL");
            offer("tls_version", "DEFAULT");
        }
    }

    @Test
    void asksForTheCipherThatIsQuickInAYoungProcess() {
        assertThat(cipher("")).isEqualTo("TLS_CHACHA20_POLY1305_SHA256");
    }

    @Test
    void leavesItToTheUrlWhereThatNamesCiphers() {
        assertThat(cipher("&tlsCiphersuites=TLS_AES_256_GCM_SHA384")).isEqualTo("TLS_AES_256_GCM_SHA384");
    }

    @Test
    void takesAnotherCipherWhereTheServerHasOnlyThat() {
        assumeThat(server.isOwn()).as("the server is of the tests").isTrue();
        offer("tls_ciphersuites", "'TLS_AES_256_GCM_SHA384'");

        assertThat(cipher("")).isEqualTo("TLS_AES_256_GCM_SHA384");
    }

    @Test
    void speaksTheOlderProtocolWhereTheServerKnowsNoOther() {
        assumeThat(server.isOwn()).as("the server is of the tests").isTrue();
        offer("tls_version", "'TLSv1.2'");

        assertThat(cipher("")).startsWith("ECDHE-");
    }

    private void offer(String variable, String value) {
        root.execute("SET GLOBAL " + variable + " = " + value);
        root.execute("ALTER INSTANCE RELOAD TLS");
    }

    private String cipher(String parameters) {
        try (TestApplication app = TestApplication.on(server.url(schema) + parameters)) {
            return app.jdbc().queryForObject("SHOW STATUS LIKE 'Ssl_cipher'", (row, number) -> row.getString(2));
        }
    }
}
