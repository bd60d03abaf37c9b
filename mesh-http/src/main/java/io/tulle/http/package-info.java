/**
 * The mesh under OkHttp: {@link io.tulle.http.MeshCalls} makes a {@code Call.Factory} of a mesh and a client.
 *
 * <p>Inside, from the top: {@code MeshCall} is what the application holds, {@code LogicalCall} follows redirects and authentication challenges, {@code
 * CallRun} executes the commands of one {@link io.tulle.core.call.CallMachine}, {@code WireAttempt} is one try on the wire, and {@code
 * EndpointClients} holds one derived client per endpoint. None of them decides anything about retries, endpoints or time: the machine does. The two styles
 * differ in who waits: {@code BlockingCall} and {@code BlockingRun} have the caller's thread for that, {@code EnqueuedCall} and {@code EnqueuedRun} have nobody.
 */
@NullMarked
package io.tulle.http;

import org.jspecify.annotations.NullMarked;
