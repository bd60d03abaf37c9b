package io.tulle.benchmarks.micro;

/**
 * One operation of a row, for one thread. What an operation creates is kept in a field, as a driver would keep it, so that escape analysis does not
 * flatter the row.
 */
interface Task {
    /** Does the operation once and returns something that depends on it. */
    Object run();
}
