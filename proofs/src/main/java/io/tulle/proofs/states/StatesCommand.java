package io.tulle.proofs.states;

import io.tulle.api.resource.NearestNames;
import io.tulle.proofs.process.RegistryJvm;
import io.tulle.proofs.process.Scratch;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code mesh proof states}: what calls notice while the registry is in trouble. */
@Command(
        name = "states",
        description = "Puts the registry into every kind of trouble and counts the calls that fail: none may.",
        mixinStandardHelpOptions = true)
@SuppressWarnings("NullAway.Init") // picocli sets the fields
public final class StatesCommand implements Callable<Integer> {
    private static final Duration LEASE = Duration.ofSeconds(3);
    private static final Duration INTERVAL = Duration.ofMillis(500);

    @Spec
    private CommandSpec spec;

    @Option(
            names = "--seconds",
            defaultValue = "10",
            description = "How long each state lasts. Default: ${DEFAULT-VALUE}.")
    private int seconds;

    @Option(names = "--rate", defaultValue = "200", description = "Calls a second. Default: ${DEFAULT-VALUE}.")
    private int rate;

    @Option(
            names = "--restarts",
            defaultValue = "100",
            description = "How often it is restarted. Default: ${DEFAULT-VALUE}.")
    private int restarts;

    @Option(names = "--only", split = ",", paramLabel = "STATE", description = "Only these states, and healthy.")
    private List<String> only = new ArrayList<>();

    @Override
    public Integer call() throws IOException, InterruptedException {
        if (seconds < 1 || rate < 1 || restarts < 1) {
            throw usage("--seconds, --rate and --restarts (expected: 1 or more)");
        }
        List<State> states = states();
        try (Scratch scratch = Scratch.on(Path.of(System.getProperty("java.io.tmpdir")), "tulle-states-")) {
            scratch.keep();
            StatesRun.Size size = new StatesRun.Size(rate, INTERVAL, 2 * seconds, restarts);
            List<StateResult> results = new StatesRun(size, this::say)
                    .run(states, home -> control(new RegistryJvm(home, LEASE)), scratch.folder());
            StatesReport.lines(results).forEach(spec.commandLine().getOut()::println);
            return scratch.judged(results.stream().allMatch(StateResult::good), this::say) ? 0 : 1;
        }
    }

    private void say(String line) {
        PrintWriter err = spec.commandLine().getErr();
        err.println("states: " + line);
        err.flush();
    }

    private static RegistryControl control(RegistryJvm registry) {
        return new RegistryControl() {
            @Override
            public URI uri() {
                return registry.uri();
            }

            @Override
            public void kill() {
                registry.kill();
            }

            @Override
            public void start() {
                registry.start();
            }

            @Override
            public void close() {
                registry.close();
            }
        };
    }

    private List<State> states() {
        for (String name : only) {
            if (!State.titles().contains(name)) {
                List<String> near = NearestNames.to(name, State.titles());
                throw usage("--only: '" + name + "' (expected: one of " + String.join(", ", State.titles())
                        + (near.isEmpty() ? ")" : "; did you mean " + String.join(" or ", near) + "?)"));
            }
        }
        return Stream.of(State.values())
                .filter(state -> state == State.HEALTHY || only.isEmpty() || only.contains(state.title()))
                .toList();
    }

    private ParameterException usage(String message) {
        return new ParameterException(spec.commandLine(), message);
    }
}
