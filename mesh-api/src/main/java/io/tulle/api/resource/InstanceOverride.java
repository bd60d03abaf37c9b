package io.tulle.api.resource;

import org.jspecify.annotations.Nullable;

/**
 * An operator's word on an instance, which the instance itself cannot take back: drain it, or change its weight. It is kept apart from the instance, because
 * that lives by its lease and says the same again at every registration. At most one per instance.
 *
 * @param metadata who it is; by convention the instance's name
 * @param spec what holds for the instance
 */
public record InstanceOverride(Metadata metadata, Spec spec) implements Resource {
    @Override
    public Kind kind() {
        return Kind.INSTANCE_OVERRIDE;
    }

    @Override
    public String service() {
        return qualify(spec.service());
    }

    @Override
    public InstanceOverride withMetadata(Metadata other) {
        return new InstanceOverride(other, spec);
    }

    /** Returns whether this is about {@code instance}. */
    public boolean concerns(Instance instance) {
        return service().equals(instance.service())
                && spec.instance().equals(instance.metadata().name())
                && (spec.uid().isEmpty() || spec.uid().equals(instance.spec().uid()));
    }

    /** Returns {@code instance} as the operator wants it; call it only for an instance that this {@link #concerns}. */
    public Instance apply(Instance instance) {
        Instance.Spec is = instance.spec();
        Integer weight = spec.weight();
        Instance.State state = spec.state();
        return new Instance(
                instance.metadata(),
                new Instance.Spec(
                        is.service(),
                        is.uid(),
                        is.host(),
                        is.port(),
                        weight == null ? is.weight() : weight,
                        state == null ? is.state() : state,
                        is.locality(),
                        is.tls(),
                        is.protocol()));
    }

    /**
     * What holds for an instance.
     *
     * @param service the instance's service as name or namespace/name
     * @param instance the instance's name
     * @param uid the process that it is meant for, so that it ends with that process; empty: it outlives restarts
     * @param state the state in place of the instance's own; null leaves it
     * @param weight the weight in place of the instance's own, 1..1000; null leaves it
     */
    public record Spec(
            String service,
            String instance,
            @Default("") String uid,
            Instance.@Nullable State state,
            @Nullable Integer weight) {
        /** Validates. */
        public Spec {
            FieldChecks checks = new FieldChecks("spec")
                    .serviceReference("service", service)
                    .name("instance", instance)
                    .that(state != null || weight != null, "", "neither state nor weight", "state, weight or both");
            if (weight != null) {
                checks.range("weight", weight, 1, 1000);
            }
            checks.done();
        }
    }
}
