package io.tulle.api.resource;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * The one home of a field's default: the text that a resource file would hold ({@code "3"}, {@code "250ms"}, {@code "[]"}, {@code "{}"}). The codec,
 * the builders and the documentation all read it from here. A component without {@code @Default} is required unless it is {@code @Nullable}.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.RECORD_COMPONENT)
public @interface Default {
    /** Returns the default as it would stand in a file; {@code {}} means the record's own defaults. */
    String value();
}
