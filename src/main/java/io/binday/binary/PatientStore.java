package io.binday.binary;

import java.io.IOException;
import java.time.Duration;
import java.util.Collection;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Waits for another store, but not for ever: one that hangs must not hang a run. While a call has no answer, further ones
 * fail at once. Thread-safe: a second caller waits for the first one, at most as long as that one does.
 */
final class PatientStore implements BinaryStore {

    private final BinaryStore store;
    private final Duration patience;
    private Optional<CompletableFuture<Boolean>> unanswered = Optional.empty();

    PatientStore(BinaryStore store, Duration patience) {
        this.store = store;
        this.patience = patience;
    }

    @Override
    public boolean delete(String key) throws IOException {
        return patiently(() -> store.delete(key));
    }

    @Override
    public String place() {
        return store.place();
    }

    @Override
    public boolean lacksAll(Collection<String> keys) throws IOException {
        return patiently(() -> store.lacksAll(keys));
    }

    private synchronized boolean patiently(Callable<Boolean> question) throws IOException {
        if (unanswered.filter(call -> !call.isDone()).isPresent()) {
            throw new IOException("the store of binaries still hangs at an earlier file");
        }
        CompletableFuture<Boolean> call = new CompletableFuture<>();
        unanswered = Optional.of(call);
        Thread thread = new Thread(() -> answer(call, question), "binday-binaries");
        thread.setDaemon(true);
        thread.start();
        try {
            return call.get(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            thread.interrupt();
            throw new IOException("the store of binaries has not answered for " + patience.toSeconds() + " s", e);
        } catch (ExecutionException e) {
            throw e.getCause() instanceof IOException failure ? failure : new IOException(e.getCause());
        } catch (InterruptedException e) {
            thread.interrupt();
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    private static void answer(CompletableFuture<Boolean> call, Callable<Boolean> question) {
        try {
            call.complete(question.call());
        } catch (Exception e) {
            call.completeExceptionally(e);
        }
    }
}
