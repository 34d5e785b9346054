package io.binday.platform;

import org.springframework.batch.core.repository.ExecutionContextSerializer;
import org.springframework.batch.core.repository.dao.JacksonExecutionContextStringSerializer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Spring Batch keeps its job repository in the database (Boot's batch-jdbc), with contexts as readable JSON. */
@Configuration(proxyBeanMethods = false)
class BatchConfiguration {

    @Bean
    ExecutionContextSerializer executionContextSerializer() {
        return new JacksonExecutionContextStringSerializer();
    }
}
