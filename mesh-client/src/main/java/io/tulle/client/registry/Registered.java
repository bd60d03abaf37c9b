package io.tulle.client.registry;

import io.tulle.api.resource.Instance;
import io.tulle.api.time.Instants;
import io.tulle.client.wire.RemovalReason;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An instance of this process in the registry: it stays registered, over restarts and losses of the registry, until it is drained or the mesh is closed.
 * Thread-safe.
 *
 * <p>End a process in this order, and no caller sees it end:
 *
 * <pre>{@code
 * registered.drain(Duration.ofSeconds(5)); // callers hear that it goes, and send nothing new
 * server.stopAccepting();                  // what comes now is refused
 * server.finishInFlight();                 // what has come is answered
 * mesh.close();                            // calls of this process are over, too
 * }</pre>
 */
public final class Registered {
    private static final Logger LOG = LoggerFactory.getLogger(Registered.class);
    private static final Duration ANSWER = Duration.ofSeconds(1);

    private final Instance instance;
    private final RegistrySource source;
    private final CompletableFuture<Void> confirmed = new CompletableFuture<>();

    Registered(Instance instance, RegistrySource source) {
        this.instance = instance;
        this.source = source;
    }

    /** Returns the instance's name. */
    public String name() {
        return instance.metadata().name();
    }

    /** Returns the instance's uid, new with each process. */
    public String uid() {
        return instance.spec().uid();
    }

    /** Waits until the registry has the instance, durably; returns false when it does not say so in time. The registration goes on either way. */
    public boolean await(Duration most) throws InterruptedException {
        try {
            confirmed.get(Instants.nanos(most), TimeUnit.NANOSECONDS);
            return true;
        } catch (TimeoutException e) {
            return false;
        } catch (ExecutionException e) {
            throw new IllegalStateException("a confirmation does not fail", e);
        }
    }

    /**
     * Takes the instance out of the registry as drained and waits until the removal has been sent to everybody who follows the service, for about
     * {@code propagation} at most. Then stop accepting and finish what is in flight. Never fails: when the registry cannot be asked, callers find out by the
     * lease.
     *
     * @return whether everybody has been told
     */
    public boolean drain(Duration propagation) throws InterruptedException {
        CompletableFuture<Integer> waiting = source.deregister(instance, RemovalReason.DRAINED, propagation);
        try {
            int left = waiting.get(propagation.plus(ANSWER).toNanos(), TimeUnit.NANOSECONDS);
            if (left > 0) {
                LOG.warn(
                        "{} is drained; {} followers have not been told within {} ms",
                        name(),
                        left,
                        propagation.toMillis());
            }
            return left == 0;
        } catch (TimeoutException | ExecutionException e) {
            LOG.warn(
                    "{} could not be drained at the registry; it goes with the end of the session's lease: {}",
                    name(),
                    reason(e));
            return false;
        }
    }

    private static String reason(Exception failure) {
        Throwable cause = failure.getCause();
        return cause == null ? "no answer in time" : String.valueOf(cause.getMessage());
    }

    void confirm() {
        confirmed.complete(null);
    }
}
