package io.tulle.http;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import javax.net.ssl.SSLException;
import okhttp3.Call;
import okhttp3.Dns;
import okhttp3.HttpUrl;
import okhttp3.OkHttpClient;
import org.jspecify.annotations.Nullable;

/**
 * Has the attempts of one endpoint wait for one connection together, where they can share it (HTTP/2). OkHttp by itself makes one for each call that finds
 * none in its pool, and throws away that of a call which was given up: where a handshake takes longer than an attempt may, there never is one.
 *
 * <p>Its {@link #lookup} is the {@link Dns} of the endpoint's client, because OkHttp asks for addresses exactly when its pool has no connection that would
 * do, on the call's thread, and looks into the pool again when it has them. So it costs nothing while there is a connection. The wait ends with the
 * connection, its failure, an interrupt or {@link Call#cancel}, and happens once per attempt: who then finds the connection full, or gone, makes his own.
 * Thread-safe.
 */
final class FirstContact {
    private final Dns dns;
    private final Executor threads;
    private final Map<HttpUrl, Contact> beginning = new ConcurrentHashMap<>(); // per name and port that it is called by
    private final Map<Call, CompletableFuture<?>> waiting = new ConcurrentHashMap<>();

    @SuppressWarnings("ThreadLocalUsage") // what it holds is removed by the thread's next step
    private final ThreadLocal<Asking> asking = new ThreadLocal<>();

    private volatile boolean unshared; // the endpoint has chosen HTTP/1.1

    /** An attempt for which OkHttp is about to ask for addresses, on this thread. */
    private record Asking(WireFacts facts, OkHttpClient client, Call call, HttpUrl to) {}

    /** {@code dns} knows the endpoint's addresses, whatever it is asked for; {@code threads} begins each task at once, or refuses it. */
    FirstContact(Dns dns, Executor threads) {
        this.dns = dns;
        this.threads = threads;
    }

    /** The pool of {@code client} has nothing for {@code call}; {@code to} is what OkHttp would connect to. */
    void missing(WireFacts facts, OkHttpClient client, Call call, HttpUrl to) {
        if (unshared) {
            asking.remove(); // of a call that has thrown before it asked
        } else {
            asking.set(new Asking(facts, client, call, to));
        }
    }

    /** A call was cancelled, whether it waits or not. */
    void cancelled(Call call) {
        CompletableFuture<?> wait = waiting.get(call);
        if (wait != null) {
            wait.cancel(false);
        }
    }

    /** The endpoint has a connection that is shared. */
    void shared() {
        unshared = false;
    }

    /** Gives up what is being made. */
    void close() {
        beginning.values().forEach(Contact::close);
    }

    /** Returns where the endpoint is, as {@link Dns#lookup}; or throws what an attempt's connection has failed with. */
    List<InetAddress> lookup(String host) throws UnknownHostException {
        Asking who = asking.get();
        if (who == null) {
            return dns.lookup(host);
        }
        asking.remove();
        List<InetAddress> there;
        try {
            there = await(who);
        } catch (IOException e) {
            throw FirstContact.<UnknownHostException>undeclared(e);
        }
        return there.isEmpty() ? dns.lookup(host) : there;
    }

    private List<InetAddress> await(Asking who) throws IOException {
        Contact contact = contact(who);
        CompletableFuture<List<InetAddress>> wait = contact.awaited();
        who.facts.awaits(contact);
        waiting.put(who.call, wait);
        try {
            if (who.call.isCanceled()) { // before it was known to wait
                wait.cancel(false);
            }
            List<InetAddress> there = wait.get();
            if (!who.call.isCanceled()) { // else its time was over before it could go on
                who.facts.awaitsNothing();
            }
            return there;
        } catch (CancellationException e) {
            throw new IOException("Canceled", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw interrupted(e);
        } catch (ExecutionException e) {
            who.facts.failedConnecting(contact.handshaking());
            throw own(e.getCause());
        } finally {
            waiting.remove(who.call);
        }
    }

    private Contact contact(Asking who) {
        Contact present = beginning.get(who.to);
        if (present != null) {
            return present;
        }
        Contact fresh = new Contact(who.client, who.to, who.facts.now());
        present = beginning.putIfAbsent(who.to, fresh);
        if (present != null) {
            return present;
        }
        try {
            threads.execute(() -> make(fresh, who.to));
        } catch (RejectedExecutionException
                | OutOfMemoryError e) { // the mesh is closed, or there is no thread: each for himself
            over(fresh, who.to);
        }
        return fresh;
    }

    private void make(Contact contact, HttpUrl to) {
        try {
            contact.connect();
        } finally {
            over(contact, to);
        }
    }

    private void over(Contact contact, HttpUrl to) {
        if (contact.unshared()) {
            unshared = true;
        }
        beginning.remove(to); // before anybody fails: who comes next tries anew
        contact.tell();
    }

    /** Returns the failure for one of those who have waited: of the same kind, since nobody can share an exception. */
    private static IOException own(@Nullable Throwable shared) {
        String message = shared == null ? null : shared.getMessage();
        if (shared instanceof SSLException) {
            return new SSLException(message, shared);
        }
        if (shared instanceof ConnectException) { // what OkHttp says about it is for its cause
            return caused(new ConnectException(message), shared.getCause());
        }
        if (shared instanceof InterruptedIOException) { // nobody was: a timeout of the contact
            return caused(new SocketTimeoutException(message), shared);
        }
        return shared instanceof UnknownHostException
                ? caused(new UnknownHostException(message), shared)
                : new IOException(message, shared);
    }

    private static IOException interrupted(InterruptedException e) {
        return caused(new InterruptedIOException("interrupted"), e);
    }

    private static IOException caused(IOException failure, @Nullable Throwable cause) {
        failure.initCause(cause);
        return failure;
    }

    /** Lets an IOException through Dns, which declares one kind only; OkHttp, being Kotlin, expects any. */
    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
    private static <E extends IOException> E undeclared(IOException e) throws E {
        throw (E) e;
    }
}
