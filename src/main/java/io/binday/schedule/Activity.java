package io.binday.schedule;

import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** Knows whether this process is doing something that a schedule has begun. */
@Component
class Activity {

    private static final Logger LOG = LoggerFactory.getLogger(Activity.class);

    private final ReadWriteLock working = new ReentrantReadWriteLock();

    Activity() {}

    void during(Runnable work) {
        working.readLock().lock();
        try {
            work.run();
        } finally {
            working.readLock().unlock();
        }
    }

    /** Waits until nothing is being done. */
    void awaitEnd() {
        working.writeLock().lock();
        try {
            LOG.debug("nothing is being done");
        } finally {
            working.writeLock().unlock();
        }
    }
}
