package io.binday.run;

import java.net.InetAddress;
import java.net.UnknownHostException;
import org.springframework.stereotype.Component;

/** How this process is called as the owner of a lease, for a person to find it. */
@Component
class ProcessName {

    private final String value;

    ProcessName() {
        this.value = "process " + ProcessHandle.current().pid() + " on " + host();
    }

    String value() {
        return value;
    }

    private static String host() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            return "an unnamed host";
        }
    }
}
