package io.binday.platform;

import org.springframework.boot.SpringBootExceptionReporter;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * Keeps Spring Boot from telling a failed start: the command line tells it, once and calmly, also before any setting of
 * the logging could be read.
 */
final class ToldByCommandLine implements SpringBootExceptionReporter {

    // Spring Boot makes it with the context as the argument.
    @SuppressWarnings("unused")
    ToldByCommandLine(ConfigurableApplicationContext context) {}

    @Override
    public boolean reportException(Throwable failure) {
        return true;
    }
}
