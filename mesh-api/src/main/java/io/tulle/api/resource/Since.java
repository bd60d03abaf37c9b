package io.tulle.api.resource;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Marks a record component that a kind did not have from its first schema on ({@link Kind#schema}). A registry leaves it out of what it sends to a client
 * of an older schema; a client that is newer than its registry fills in the component's {@link Default}.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.RECORD_COMPONENT)
public @interface Since {
    /** The schema that added it, 2 or more. */
    int value();

    /**
     * Whether a resource means something else without it. Such a resource is not sent to an older client unless the component has its default: the
     * client is told that the resource is unsupported and keeps the version that it has.
     */
    boolean required() default false;
}
