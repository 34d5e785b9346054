package io.binday.run;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** One thread that does things beside another one, in the order they were given to it. */
final class Companion implements AutoCloseable {

    private final ExecutorService thread;
    private volatile boolean closed;

    Companion(String name) {
        this.thread = Executors.newSingleThreadExecutor(task -> {
            Thread daemon = new Thread(task, name);
            daemon.setDaemon(true);
            return daemon;
        });
    }

    <T> Future<T> submit(Callable<T> task) {
        return thread.submit(() -> {
            if (closed) {
                throw new CancellationException();
            }
            return task.call();
        });
    }

    /** Waits for a result; what went wrong over there is thrown here. */
    static <T> T await(Future<T> result) {
        boolean interrupted = false;
        try {
            while (true) {
                try {
                    return result.get();
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException failure) {
                throw failure;
            }
            if (e.getCause() instanceof Error error) {
                throw error;
            }
            throw new IllegalStateException(e.getCause());
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** Waits for a result, but not longer than this; whether it is there, or has failed. */
    static boolean isDone(Future<?> result, Duration longest) {
        try {
            result.get(longest.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return result.isDone();
        } catch (ExecutionException | CancellationException e) {
            return true;
        }
        return true;
    }

    /**
     * Drops what has not begun and waits for what has, so that nothing goes on behind the back of the next attempt. It
     * is not interrupted: an interrupted thread takes the embedded database's file away from everybody.
     */
    @Override
    public void close() {
        closed = true;
        Future<?> end = thread.submit(() -> {});
        thread.shutdown();
        await(end);
    }
}
