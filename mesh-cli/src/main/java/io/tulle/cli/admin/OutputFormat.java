package io.tulle.cli.admin;

/** How resources are printed; lower case, because that is how it is typed. */
enum OutputFormat {
    /** A line each. */
    table,
    /** A line each, with more columns. */
    wide,
    /** As the registry says them. */
    json,
    /** As files hold them. */
    yaml,
    /** {@code kind/name}. */
    name
}
