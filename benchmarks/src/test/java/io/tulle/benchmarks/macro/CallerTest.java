package io.tulle.benchmarks.macro;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import javax.net.ServerSocketFactory;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class CallerTest {
    private static final int CALLS = 200;

    @TempDir
    private Path folder;

    @ParameterizedTest
    @EnumSource
    void eachRowReachesAllBackends(MacroRow row) throws Exception {
        String missing = row.need().missing();
        assumeTrue(missing == null, () -> row.title() + ": " + missing);
        Set<String> answers = new HashSet<>();

        try (Around around = new Around(folder, row.need());
                Caller caller = row.caller(around.site())) {
            for (int i = 0; i < CALLS; i++) {
                answers.add(new String(caller.call(), StandardCharsets.US_ASCII));
            }
        }

        assertThat(answers).hasSize(3).allSatisfy(answer -> assertThat(answer).hasSize(Answer.LENGTH));
    }

    /** Backends in this process and what else a row needs. */
    private static final class Around implements AutoCloseable {
        private final List<Runnable> ends = new ArrayList<>();
        private final Site site;

        Around(Path folder, Need need) throws Exception {
            if (need == Need.CERTIFICATES || need == Need.SIDECARS) {
                Certificates.make(folder);
            }
            List<Integer> http = new ArrayList<>();
            List<Integer> https = new ArrayList<>();
            List<Integer> grpc = new ArrayList<>();
            for (int i = 1; i <= 3; i++) {
                http.add(HttpAnswers.start(ServerSocketFactory.getDefault(), Answer.of(i)));
                grpc.add(GrpcAnswers.start(Answer.of(i)));
                if (Certificates.in(folder)) {
                    https.add(HttpAnswers.start(Certificates.serverSockets(folder), Answer.of(i)));
                }
            }
            int sidecar = 0;
            if (need == Need.SIDECARS) {
                Sidecars sidecars = Sidecars.start(folder, http);
                ends.add(sidecars::close);
                sidecar = sidecars.port();
            }
            int xds = need == Need.CONTROL_PLANE ? ControlPlane.start(grpc) : 0;
            site = new Site(folder, http, https, grpc, sidecar, xds, List.of(), List.of());
        }

        Site site() {
            return site;
        }

        @Override
        public void close() {
            ends.forEach(Runnable::run);
        }
    }
}
