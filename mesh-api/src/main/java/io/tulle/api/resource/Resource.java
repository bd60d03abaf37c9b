package io.tulle.api.resource;

/**
 * A piece of configuration: {@code kind}, {@code metadata}, {@code spec}. Records, immutable, validated by their constructors, which throw
 * {@link InvalidResourceException} with every bad field.
 */
public sealed interface Resource permits Service, Route, TrafficPolicy, Instance, InstanceOverride {
    /** Returns the kind. */
    Kind kind();

    /** Returns name, namespace and labels. */
    Metadata metadata();

    /** Returns the service that this is about, as {@code namespace/name}: who subscribes to that service gets this resource. */
    String service();

    /** Returns the same resource with other metadata. */
    Resource withMetadata(Metadata metadata);

    /** Returns {@code Kind namespace/name} for messages. */
    default String title() {
        return kind().title() + " " + metadata().namespace() + "/" + metadata().name();
    }

    /** Returns {@code reference} as {@code namespace/name}, where a bare name means this resource's namespace. */
    default String qualify(String reference) {
        return reference.indexOf('/') >= 0 ? reference : metadata().namespace() + "/" + reference;
    }
}
