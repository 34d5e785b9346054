package io.binday.platform;

import io.binday.binary.BinarySettings;
import io.binday.binary.BinaryStore;
import io.binday.binary.DirectoryStore;
import java.nio.file.Path;
import java.time.Clock;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Where the files of assets are; where nobody has said so, they are left alone. */
@Configuration(proxyBeanMethods = false)
class BinaryConfiguration {

    /** No condition on the setting: the build, which decides on conditions, does not know it. */
    @Bean
    @ConditionalOnMissingBean
    @Nullable
    BinaryStore binaryStore(BinarySettings settings, Clock clock) {
        Path directory = settings.directory();
        return directory == null ? null : new DirectoryStore(directory, settings.keyPrefix(), clock);
    }
}
