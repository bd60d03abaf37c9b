/**
 * Where resources come from without a registry: {@link io.tulle.client.source.FolderSource}.
 */
@NullMarked
package io.tulle.client.source;

import org.jspecify.annotations.NullMarked;
