package io.tulle.http;

import io.tulle.client.Mesh;
import javax.net.SocketFactory;
import okhttp3.Call;
import okhttp3.OkHttpClient;

/**
 * Puts the mesh under an {@link OkHttpClient}.
 *
 * <pre>{@code
 * Call.Factory http = MeshCalls.of(mesh, new OkHttpClient());
 * Response response = http.newCall(new Request.Builder().url("http://catalog/books/7").build()).execute();
 * }</pre>
 *
 * <p>A call whose host names a service of the mesh ({@code http://<service>[.<namespace>]}) runs under its policy; the port of such a URL says nothing
 * about where the call goes (the endpoint that is picked has its own) but is part of the {@code Host} header, which names the service. A host that can
 * only be a service but is not known is refused with a {@link MeshIOException}, and a service whose protocol is not http with a {@link
 * java.net.ProtocolException}: grpc services are called through mesh-grpc. Calls to every other host go to the client unchanged.
 *
 * <p>With a registry, the first call to a service that the process does not follow yet makes it follow that service and waits for the answer: two seconds at
 * most, and no longer than its deadline. No other call ever waits for a registry.
 *
 * <p>What becomes of the client's settings on a mesh call:
 *
 * <ul>
 *   <li>Application interceptors, cookie jar, authenticator and redirects belong to the call and run once, above retries. Each redirect or
 *       authentication (at most 20) is a new call through routing. A deadline from {@code MeshCallOptions} or the call timeout bounds them all together,
 *       a route's timeout each of them.
 *   <li>Network interceptors, the event listener factory, TLS, protocols and {@code Dns} belong to each attempt.
 *   <li>The dispatcher lends its executor and its {@code maxRequests} to enqueued calls. It does not limit blocking calls, and its {@code cancelAll}, lists of
 *       calls and idle callback do not see calls into the mesh.
 *   <li>The call timeout, and {@code Call.timeout()} with its deadline, is the deadline of the call, body included, unless {@code MeshCallOptions} says otherwise.
 *   <li>The connect timeout is 1 s and there are no read and write timeouts (the call's deadline ends waiting for the network), unless the client's values differ from
 *       OkHttp's defaults: then they hold.
 *   <li>To an instance that says {@code tls: mutual}, the mesh's identity takes the place of the client's TLS settings, pinned certificates and host names; {@code
 *       http://} stays what is written. Without an identity such a call fails; it is never sent in plain text.
 *   <li>Cache, proxy and {@code retryOnConnectionFailure} are not used. Each endpoint has its own connections, kept 60 s when idle.
 * </ul>
 *
 * <p>While there is no HTTP/2 connection to an endpoint, its attempts wait for one that is made for them together, on a daemon thread of the mesh's own, and
 * is not given up with them; an event listener of the application sees them acquire it without a {@code connectStart}.
 *
 * <p>A blocking call runs on its caller's thread. An interrupt is seen where OkHttp sees it, and during back-off; the call is then cancelled and throws
 * {@link java.io.InterruptedIOException}. Where the matching rule hedges, that thread only waits, and threads of the dispatcher's executor carry the attempts: one
 * that is made in a callback, or in another task of that executor, needs a second thread of it, and fails at its deadline where there is none.
 *
 * <p>{@code enqueue} returns at once. OkHttp blocks a thread of the executor for each request that is out, from sending it to the return of the callback; no
 * thread is held while the call waits for anything else: a back-off, a hedge delay, a service that is not known yet, its turn. Calls begin in the order in
 * which they were enqueued, while fewer than {@code maxRequests} requests of enqueued calls are out, whichever hosts they go to; what has begun does not wait
 * again, so retries and hedges may exceed that number for a while. A deadline of the caller counts from {@code enqueue}, a route's timeout from the call's
 * turn. The callback is told one thing, once, on a thread of the executor (on the common pool if that takes no task); an IOException that it throws is
 * logged, anything else cancels the call and goes to the thread's handler, as with OkHttp. A call of a client with application interceptors, whose chain
 * blocks, runs as a blocking call on one thread of the executor instead; at most {@code maxRequests} of these run at a time.
 *
 * <p>In both styles the {@link io.tulle.api.context.CallContext} that is current where the application calls {@code execute} or {@code enqueue} bounds the
 * call and is passed on; it is current again in interceptors and callbacks.
 *
 * <p>Deadline, timeouts and {@code cancel} end waiting for the network. They do not end what runs in the application's code or the system's on the
 * caller's thread: a lookup of the client's {@code Dns} (the default one asks the system's resolver, which has timeouts of its own) and a {@code
 * RequestBody} that waits for a source of its own in {@code writeTo}. The call then fails as soon as these return; where that matters, bound them there.
 * Closing an HTTP/1 response whose body was not read to its end, by the application or by the mesh before a retry or a follow-up, may take up to 100 ms
 * more, in which OkHttp reads the rest to keep the connection; a deadline does not shorten that.
 *
 * <p>A body of known length up to 8 KiB is read before {@code execute} returns, but that of a duplex call; longer ones and those of unknown length stream. A response must be
 * closed, as always with OkHttp; until then, or until its body has been read to its end, it counts as load on its endpoint. An interrupt, or a deadline
 * that the application sets on the body's source, ends the call as cancelled and does not count against the endpoint.
 */
public final class MeshCalls {
    private MeshCalls() {}

    /**
     * Returns a thread-safe factory of calls; its connections are closed with {@code mesh}.
     *
     * @throws IllegalArgumentException if the client has a socket factory of its own, which could not be honoured: sockets must reach the endpoint picked
     */
    public static Call.Factory of(Mesh mesh, OkHttpClient client) {
        if (!client.socketFactory().equals(SocketFactory.getDefault())) {
            throw new IllegalArgumentException("socketFactory: " + client.socketFactory()
                    + " (expected: the default, because sockets must reach the endpoint that the mesh picks)");
        }
        EndpointClients clients = new EndpointClients(client, mesh.runtime(), mesh.identity());
        mesh.onClose(clients::close);
        return new MeshCallFactory(mesh.engine(), mesh.runtime(), client, clients, mesh.firstUse());
    }
}
