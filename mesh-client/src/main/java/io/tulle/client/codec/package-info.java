/**
 * Files and resources: {@link io.tulle.client.codec.ResourceReader} makes resources of YAML and JSON and says where each mistake stands, {@link
 * io.tulle.client.codec.ResourceWriter} does the reverse. {@link io.tulle.client.codec.JsonRecords} is for the records that travel between processes, which may be
 * of different versions ({@link io.tulle.client.codec.Schemas}).
 *
 * <p>Both formats become the same small tree with line and column ({@link io.tulle.client.codec.Node}); one binder turns it into records, led by their
 * components, so that a new kind needs no code here.
 */
@NullMarked
package io.tulle.client.codec;

import org.jspecify.annotations.NullMarked;
