package io.binday;

import io.binday.cli.Cli;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;

/** Starts Binday: everything a user types goes to the command line, and its exit code goes back to the shell. */
@SpringBootApplication
@ConfigurationPropertiesScan
public class BindayApplication {

    public static void main(String[] args) {
        if (!Cli.isQuick(args)) {
            ClassArchive.use(args);
        }
        System.exit(Cli.run(BindayApplication.class, args));
    }
}
