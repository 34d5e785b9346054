package io.binday;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;

/** What Spring makes of Binday; the command line starts it, with the settings of the command. */
@SpringBootApplication
@ConfigurationPropertiesScan
public class BindayApplication {

    /**
     * What the build has Spring look at (ahead-of-time processing): which beans there are is written down once, and not looked
     * for at each start.
     *
     * @param args settings, as commands have them
     */
    public static void main(String[] args) {
        SpringApplication.run(BindayApplication.class, args);
    }
}
