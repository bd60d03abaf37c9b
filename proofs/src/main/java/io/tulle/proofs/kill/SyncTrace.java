package io.tulle.proofs.kill;

import io.tulle.proofs.history.Write;
import io.tulle.proofs.live.AdminClient;
import io.tulle.proofs.planted.PlantedBug;
import io.tulle.proofs.planted.PlantedRegistry;
import io.tulle.proofs.process.RegistryProcess;
import io.tulle.registry.RegistryMain;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Runs a registry under {@code strace} while one writer writes, and audits the trace: see {@link SyncAudit}. */
final class SyncTrace {
    private static final String CALLS =
            "trace=read,readv,recvfrom,recvmsg,write,writev,pwrite64,pwritev,sendto,sendmsg,fsync,fdatasync";

    private final Path folder;

    /** Creates a run in {@code folder}, which is on a disk. */
    SyncTrace(Path folder) {
        this.folder = folder;
    }

    /** Returns null when this machine can trace; else one sentence with what is missing and what to do. */
    static @Nullable String obstacle() throws InterruptedException {
        try {
            Process process = new ProcessBuilder("strace", "-f", "-o", "/dev/null", "true")
                    .redirectErrorStream(true)
                    .start();
            String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
            return process.waitFor() == 0
                    ? null
                    : "strace is not allowed to trace here (" + said
                            + "): run as a user who may, or give the container SYS_PTRACE";
        } catch (IOException e) {
            return "strace is missing: install it (apt-get install strace) and try again";
        }
    }

    /** Writes {@code writes} times and returns what the trace shows of the registry, or of the mutant that does not sync. */
    SyncAudit.Result run(boolean mutant, int writes) throws IOException, InterruptedException {
        Path trace = folder.resolve("trace.txt");
        try (RegistryProcess registry = start(mutant, trace)) {
            AdminClient admin = new AdminClient(registry.uri(), System::nanoTime);
            for (int i = 0; i < writes; i++) {
                AdminClient.Answer answer = admin.write("t-" + i, parts(i));
                if (answer.result() != Write.Result.ACKED) {
                    throw new IllegalStateException(
                            "write " + i + " is answered " + answer.status() + ": " + answer.body());
                }
            }
        }
        return SyncAudit.of(Files.readAllLines(trace, StandardCharsets.ISO_8859_1));
    }

    private static List<Write.Part> parts(int number) {
        String service = AdminClient.NAMESPACE + "/s" + number % 7;
        String other = AdminClient.NAMESPACE + "/s" + (number + 1) % 7;
        Write.Part one = new Write.Part("Service " + service, service, false);
        return number % 5 == 4 ? List.of(one, new Write.Part("Service " + other, other, false)) : List.of(one);
    }

    private RegistryProcess start(boolean mutant, Path trace) throws InterruptedException {
        List<String> tracer =
                List.of("strace", "-f", "--seccomp-bpf", "-yy", "-s", "64", "-e", CALLS, "-o", trace.toString());
        String data = folder.resolve("data").toString();
        Path log = folder.resolve("registry.log");
        return mutant
                ? RegistryProcess.start(
                        tracer, PlantedRegistry.class, List.of(PlantedBug.UNSYNCED.name(), "0", data), log)
                : RegistryProcess.start(tracer, RegistryMain.class, List.of("--port", "0", "--data", data), log);
    }
}
