package io.binday.platform;

import io.binday.binary.BinarySettings;
import io.binday.binary.BinaryStore;
import io.binday.binary.DirectoryStore;
import java.util.Optional;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Where the files of assets are; where nobody has said so, they are left alone. */
@Configuration(proxyBeanMethods = false)
class BinaryConfiguration {

    @Bean
    @ConditionalOnProperty("binday.binary.directory")
    @ConditionalOnMissingBean
    BinaryStore binaryStore(BinarySettings settings) {
        return new DirectoryStore(Optional.ofNullable(settings.directory()).orElseThrow());
    }
}
