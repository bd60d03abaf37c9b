package io.tulle.core.outlier;

import io.tulle.api.resource.TrafficPolicy.OutlierDetection;
import io.tulle.core.lincheck.Checks;
import java.time.Duration;
import java.util.List;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Param;
import org.jetbrains.lincheck.datastructures.ThreadIdGen;
import org.jetbrains.lincheck.datastructures.Validate;
import org.junit.jupiter.api.Test;

/** Two endpoints of which one may be out; two failures in a row eject. The first is
 * out and on trial; each thread has one attempt at it. (A trial is asked for with tryLock, which may say no for no reason: there is no order to explain that.) */
public class EjectionLedgerLincheck {
    private static final int THREADS = 5; // those that run together, and the one before and after
    private static final long LATER = Duration.ofHours(1).toNanos();

    private final EjectionLedger ledger = new EjectionLedger();
    private final EndpointHealth endpoint = new EndpointHealth();
    private final EndpointHealth other = new EndpointHealth();
    private final long[] tickets = new long[THREADS];
    private final long trial;

    /** Configures the ledger. */
    public EjectionLedgerLincheck() {
        OutlierDetection settings = OutlierDetection.builder()
                .consecutiveFailures(2)
                .failureRate(0, 1)
                .ejectionTime(Duration.ofSeconds(1), Duration.ofSeconds(10))
                .maxEjectionPercent(50)
                .build();
        ledger.configure(settings, List.of(endpoint, other), new Unheard(), () -> {});
        ledger.failed(endpoint, 0, 0);
        ledger.failed(endpoint, 0, 0);
        trial = ledger.tryProbe(endpoint, LATER);
    }

    /** An attempt picks. */
    @Operation
    public long admit(@Param(gen = ThreadIdGen.class) int thread) {
        tickets[thread] = endpoint.admit();
        return tickets[thread];
    }

    /** The trial answers well, if it has not answered before; true when that brought the endpoint back. */
    @Operation
    public boolean trialSucceeded() {
        return ledger.succeeded(endpoint, trial, 0);
    }

    /** The trial fails, if it has not answered before. */
    @Operation
    public void trialFailed() {
        ledger.failed(endpoint, trial, 0);
    }

    /** It succeeds; true when that brought the endpoint back. */
    @Operation
    public boolean succeeded(@Param(gen = ThreadIdGen.class) int thread) {
        return ledger.succeeded(endpoint, tickets[thread], 0);
    }

    /** It fails. */
    @Operation
    public void failed(@Param(gen = ThreadIdGen.class) int thread) {
        ledger.failed(endpoint, tickets[thread], 0);
    }

    /** An attempt at the other endpoint picks and fails: the two must never be out together. */
    @Operation
    public void otherFailed() {
        ledger.failed(other, other.admit(), 0);
    }

    /** Returns whether it is in. */
    @Operation
    public boolean healthy() {
        return endpoint.healthy();
    }

    /** The cap holds. */
    @Validate
    public void oneIsIn() {
        if (!endpoint.healthy() && !other.healthy()) {
            throw new IllegalStateException("both are out (expected: at most one)");
        }
    }

    @Test
    void isLinearizable() {
        Checks.model().check(getClass());
    }

    @Test
    void isLinearizableUnderStress() {
        Checks.stress().check(getClass());
    }
}
