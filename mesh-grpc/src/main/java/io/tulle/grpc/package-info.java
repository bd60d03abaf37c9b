/**
 * Drives the engine from grpc-java.
 */
@NullMarked
package io.tulle.grpc;

import org.jspecify.annotations.NullMarked;
