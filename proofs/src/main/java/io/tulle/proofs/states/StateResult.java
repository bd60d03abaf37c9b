package io.tulle.proofs.states;

import java.util.List;

/**
 * What one state did to the calls.
 *
 * @param seconds how long it was looked at, recovery included
 * @param calls what calls saw
 * @param noticed what the storefront said about its registry
 * @param inside stacks of calling threads that were seen waiting inside the session with the registry
 * @param recovered whether everything was as before at the end
 */
record StateResult(
        State state, double seconds, Callers.Tally calls, Noticed noticed, List<String> inside, boolean recovered) {
    /** Returns whether the calls noticed nothing. */
    boolean good() {
        return calls.failures().isEmpty() && inside.isEmpty() && calls.nanos().length > 0;
    }
}
