/**
 * Where resources come from without a registry: {@link io.tulle.client.source.FolderSource} watches a folder of files, {@link
 * io.tulle.client.source.FolderContents} reads one once.
 */
@NullMarked
package io.tulle.client.source;

import org.jspecify.annotations.NullMarked;
