package io.tulle.http;

import io.tulle.api.resource.TlsMode;
import io.tulle.client.MeshRuntime;
import io.tulle.client.tls.MeshIdentity;
import io.tulle.core.snapshot.Endpoint;
import io.tulle.core.snapshot.MeshSnapshot;
import java.io.IOException;
import java.net.Proxy;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import javax.net.ssl.SSLException;
import okhttp3.Authenticator;
import okhttp3.Call;
import okhttp3.ConnectionPool;
import okhttp3.CookieJar;
import okhttp3.Dispatcher;
import okhttp3.Dns;
import okhttp3.OkHttpClient;
import okhttp3.Protocol;
import okhttp3.Request;
import org.jspecify.annotations.Nullable;

/**
 * One client per endpoint, derived from the application's on first use and again when a connection has fallen silent: it connects to that endpoint only, keeps
 * its own connections, and leaves to the machine what OkHttp would decide itself. Thread-safe; finding a client takes no lock.
 */
final class EndpointClients implements EndpointCalls {
    /** Per endpoint: what a burst needed is kept until it idles out. */
    private static final int MOST_IDLE_CONNECTIONS = 256;

    private static final long IDLE_SECONDS = 60;
    private static final long CONNECTOR_IDLE_SECONDS = 5;
    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(1);
    private static final int OKHTTP_TIMEOUT_MILLIS = 10_000;
    private static final long RECHECK_NANOS = Duration.ofSeconds(1).toNanos();

    private final OkHttpClient template;
    private final MeshRuntime runtime;
    private final @Nullable MeshIdentity identity;
    private final Map<Endpoint, EndpointClient> clients = new ConcurrentHashMap<>();
    private final Set<ConnectionPool> leaving = ConcurrentHashMap.newKeySet();
    private final AtomicReference<MeshSnapshot> known;
    private final ExecutorService connectors = connectors();
    private final AtomicBoolean rechecking = new AtomicBoolean(); // at most one timer, however many configurations come

    /** {@code identity} is who this process is to endpoints that speak mutual TLS. */
    EndpointClients(OkHttpClient client, MeshRuntime runtime, @Nullable MeshIdentity identity) {
        this.runtime = runtime;
        this.identity = identity;
        known = new AtomicReference<>(MeshSnapshot.empty(""));
        template = template(client);
    }

    private static OkHttpClient template(OkHttpClient client) {
        OkHttpClient.Builder builder = client.newBuilder()
                .dispatcher(dispatcher(client.dispatcher().executorService()))
                .followRedirects(false)
                .followSslRedirects(false)
                .retryOnConnectionFailure(false)
                .authenticator(Authenticator.NONE)
                .cookieJar(CookieJar.NO_COOKIES)
                .cache(null)
                .proxy(Proxy.NO_PROXY)
                .callTimeout(Duration.ZERO)
                .connectTimeout(timeout(client.connectTimeoutMillis(), CONNECT_TIMEOUT))
                .readTimeout(timeout(client.readTimeoutMillis(), Duration.ZERO))
                .writeTimeout(timeout(client.writeTimeoutMillis(), Duration.ZERO));
        builder.interceptors().clear();
        builder.networkInterceptors().add(0, OwnFollowUps.NONE);
        return builder.build();
    }

    /** Returns what carries enqueued attempts of all endpoints. It does not hold them up: calls wait at the {@link Entrance}, before an endpoint is picked. */
    private static Dispatcher dispatcher(ExecutorService executor) {
        Dispatcher dispatcher = new Dispatcher(executor);
        dispatcher.setMaxRequests(Integer.MAX_VALUE);
        dispatcher.setMaxRequestsPerHost(Integer.MAX_VALUE);
        return dispatcher;
    }

    /** Returns what makes connections that attempts wait for: of an executor of the application, these might have taken every thread. */
    private static ExecutorService connectors() {
        return new ThreadPoolExecutor(
                0, Integer.MAX_VALUE, CONNECTOR_IDLE_SECONDS, TimeUnit.SECONDS, new SynchronousQueue<>(), task -> {
                    Thread thread = new Thread(task, "tulle-connect");
                    thread.setDaemon(true);
                    return thread;
                });
    }

    private static Duration timeout(int millis, Duration ours) {
        return millis == OKHTTP_TIMEOUT_MILLIS ? ours : Duration.ofMillis(millis);
    }

    @Override
    public Call newCall(Endpoint endpoint, Request request, WireFacts facts) {
        EndpointClient client = clients.get(endpoint);
        if (client == null || client.silent(runtime.ticker())) {
            client = replace(endpoint, client);
        }
        facts.sentBy(client);
        Call call = client.client().newCall(request);
        call.addEventListener(facts);
        return call;
    }

    /** Returns a client with connections of its own; those of the {@code former} take nothing new, and are closed when they are idle. */
    private EndpointClient replace(Endpoint endpoint, @Nullable EndpointClient former) {
        EndpointClient current = clients.compute(
                endpoint, (key, present) -> present == null || present.equals(former) ? derive(key) : present);
        if (former != null && leaving.add(former.client().connectionPool())) {
            runtime.scheduler().schedule(runtime.ticker().nanos(), this::purge);
        }
        return current;
    }

    private EndpointClient derive(Endpoint endpoint) {
        Dns dns = template.dns();
        String host = endpoint.host();
        Dns own = logical -> dns.lookup(host);
        OkHttpClient.Builder client = template.newBuilder()
                .dns(own)
                .socketFactory(new PinnedSockets(endpoint.port()))
                .connectionPool(new ConnectionPool(MOST_IDLE_CONNECTIONS, IDLE_SECONDS, TimeUnit.SECONDS));
        if (endpoint.tls() == TlsMode.MUTUAL) {
            OverTls.apply(client, endpoint, identity);
        }
        if (!shares(endpoint, client.build().protocols())) {
            return new EndpointClient(client.build(), null);
        }
        FirstContact contact = new FirstContact(own, connectors);
        return new EndpointClient(client.dns(contact::lookup).build(), contact);
    }

    private static boolean shares(Endpoint endpoint, List<Protocol> protocols) {
        return protocols.contains(Protocol.H2_PRIOR_KNOWLEDGE)
                || endpoint.tls() == TlsMode.MUTUAL && protocols.contains(Protocol.HTTP_2);
    }

    @Override
    public IOException explained(Endpoint endpoint, IOException e) {
        MeshIdentity own = identity;
        return own != null && endpoint.tls() == TlsMode.MUTUAL && e instanceof SSLException failed
                ? OverTls.explained(endpoint, own, failed)
                : e;
    }

    @Override
    public void inForce(MeshSnapshot snapshot) {
        MeshSnapshot before = known.get();
        if (before != snapshot && before.version() < snapshot.version() && known.compareAndSet(before, snapshot)) {
            runtime.scheduler().schedule(runtime.ticker().nanos(), this::purge);
        }
    }

    /** Closes the connections of endpoints that have left, and of clients that were replaced; those still busy as soon as they are idle. */
    private void purge() {
        Set<Endpoint> present = new HashSet<>();
        known.get().services().forEach(service -> present.addAll(service.endpoints()));
        clients.forEach((endpoint, client) -> {
            if (!present.contains(endpoint) && clients.remove(endpoint, client)) {
                leaving.add(client.client().connectionPool());
            }
        });
        leaving.removeIf(EndpointClients::emptied);
        if (!leaving.isEmpty() && rechecking.compareAndSet(false, true)) {
            runtime.scheduler().schedule(runtime.ticker().nanos() + RECHECK_NANOS, this::recheck);
        }
    }

    private void recheck() {
        rechecking.set(false);
        purge();
    }

    private static boolean emptied(ConnectionPool pool) {
        pool.evictAll();
        return pool.connectionCount() == 0;
    }

    /** Closes every idle connection, and those that are being made for several; calls in flight go on. */
    void close() {
        connectors.shutdown();
        clients.values().forEach(EndpointClient::close);
        leaving.forEach(ConnectionPool::evictAll);
        clients.clear();
    }

    /** Returns how many endpoints have a client. */
    int size() {
        return clients.size();
    }

    /** Returns how many pools are left to become idle: of endpoints that have left, and of clients that were replaced. */
    int leaving() {
        return leaving.size();
    }
}
