package io.tulle.registry.resource;

import io.tulle.api.resource.Resource;

/**
 * A version of a resource that people wrote.
 *
 * @param number 1 for the first; it goes on through deletions
 * @param revision that wrote it
 * @param deleted whether it is a deletion
 * @param resource as it was written; as it was before when this is a deletion
 */
public record ResourceVersion(int number, long revision, boolean deleted, Resource resource) {}
