/**
 * The mesh under grpc-java: {@link io.tulle.grpc.MeshChannels} makes channels of a mesh; {@code mesh:///ratings} is a target of any channel.
 *
 * <p>Inside, from the top: {@code MeshResolver} tells a channel which endpoints there are, whose hosts {@code Names} looks up, and, through {@code
 * MeshConfigSelector}, puts {@code MeshInterceptor} above its calls; {@code CallRun} executes the commands of one {@link io.tulle.core.call.CallMachine}; {@code
 * WireAttempt} is one try, a call of the channel below; {@code MeshBalancer} keeps a connection to every endpoint, and its {@code MeshPicker} asks the attempt,
 * which rides in the call options, where to go. None of them decides anything about retries, endpoints or time: the machine does.
 */
@NullMarked
package io.tulle.grpc;

import org.jspecify.annotations.NullMarked;
