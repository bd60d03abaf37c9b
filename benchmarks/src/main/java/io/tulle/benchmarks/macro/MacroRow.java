package io.tulle.benchmarks.macro;

import java.util.Arrays;
import java.util.List;

/** What is measured. The names are stable: published figures are found by them. */
public enum MacroRow {
    /** The baseline: OkHttp, in turn over the three backends. */
    OKHTTP("okhttp", Need.NOTHING, OkHttpCaller::plain),
    /** OkHttp under Spring Cloud LoadBalancer, Resilience4j and a Micrometer timer, as users compose them today. */
    OKHTTP_CHAIN("okhttp-chain", Need.NOTHING, ChainCaller::new),
    /** Armeria with an endpoint group, a breaker per backend and retries. */
    ARMERIA("armeria", Need.NOTHING, ArmeriaCaller::new),
    /** OkHttp under the mesh, with breaker, limit, retries and Micrometer meters. */
    TULLE_OKHTTP("tulle-okhttp", Need.NOTHING, TulleCaller::plain),
    /** OkHttp by mutual TLS, without a mesh. */
    OKHTTP_MTLS("okhttp-mtls", Need.CERTIFICATES, OkHttpCaller::mutual),
    /** OkHttp under the mesh by mutual TLS. */
    TULLE_OKHTTP_MTLS("tulle-okhttp-mtls", Need.CERTIFICATES, TulleCaller::mutual),
    /** OkHttp through two HAProxy processes with mutual TLS between them: a sidecar mesh at its leanest. */
    HAPROXY2_MTLS("haproxy2-mtls", Need.SIDECARS, OkHttpCaller::sidecar),
    /** grpc-java with its round robin. */
    GRPC_ROUND_ROBIN("grpc-round-robin", Need.NOTHING, GrpcCaller::roundRobin),
    /** grpc-java as xDS clients use it: routes, clusters and endpoints from a control plane, round robin. */
    GRPC_XDS("grpc-xds", Need.CONTROL_PLANE, GrpcCaller::xds),
    /** grpc-java under the mesh, with the policy of {@link #TULLE_OKHTTP}. */
    TULLE_GRPC("tulle-grpc", Need.NOTHING, TulleGrpcCaller::new);

    private final String title;
    private final Need need;
    private final Caller.Factory callers;

    MacroRow(String title, Need need, Caller.Factory callers) {
        this.title = title;
        this.need = need;
        this.callers = callers;
    }

    /** Returns the row's name. */
    public String title() {
        return title;
    }

    Need need() {
        return need;
    }

    /** Returns a caller of the backends, ready to call. */
    Caller caller(Site site) throws Exception {
        return callers.of(site);
    }

    /** Returns the names of all rows. */
    public static List<String> titles() {
        return Arrays.stream(values()).map(MacroRow::title).toList();
    }

    /**
     * Returns the row called {@code title}.
     *
     * @throws IllegalArgumentException if there is none
     */
    static MacroRow titled(String title) {
        return Arrays.stream(values())
                .filter(row -> row.title.equals(title))
                .findFirst()
                .orElseThrow(
                        () -> new IllegalArgumentException("row: '" + title + "' (expected: one of " + titles() + ")"));
    }
}
