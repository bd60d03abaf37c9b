package io.tulle.benchmarks.balance;

import io.tulle.api.call.MeshCallOptions;
import io.tulle.api.call.Outcome;
import io.tulle.api.call.Processed;
import io.tulle.api.call.RequestHead;
import io.tulle.api.call.ResponseHead;
import io.tulle.api.call.TransportError;
import io.tulle.api.call.Verdict;
import io.tulle.api.time.Instants;
import io.tulle.core.call.Attempt;
import io.tulle.core.call.CallLoop;
import io.tulle.core.call.CallMachine;
import io.tulle.core.call.MeshEngine;
import io.tulle.core.snapshot.Endpoint;
import io.tulle.core.snapshot.Reachable;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Drives the engine's machine for one call to simulated servers. Confined to one thread. */
final class SimulatedCall implements CallLoop.Driver {
    private final List<Server> servers;
    private final Agenda agenda;
    private final @Nullable Recorder recorder; // null while the simulation warms up
    private final CallLoop loop;
    private long timerAt = Instants.NEVER;
    private @Nullable Sent sent;

    private record Head(int status, long pushBackNanos) implements ResponseHead {}

    SimulatedCall(
            MeshEngine engine, RequestHead request, List<Server> servers, Agenda agenda, @Nullable Recorder recorder) {
        this.servers = servers;
        this.agenda = agenda;
        this.recorder = recorder;
        CallMachine machine =
                engine.newCall(Fleet.HOST, engine.snapshot().byHost(Fleet.HOST), request, MeshCallOptions.DEFAULT);
        loop = new CallLoop(machine, this, agenda);
    }

    void start() {
        loop.start();
    }

    @Override
    public void dispatch(Attempt attempt) {
        Endpoint endpoint = attempt.pick(Reachable.ALL, agenda.nanos());
        if (endpoint == null) {
            loop.end(attempt, Outcome.NOT_SENT);
            return;
        }
        int server = endpoint.port() - Fleet.FIRST_PORT;
        if (recorder != null) {
            recorder.attempt(server);
        }
        sent = new Sent(attempt);
        servers.get(server).accept(sent);
    }

    @Override
    public void cancel(Attempt attempt) {
        Objects.requireNonNull(sent).end(Outcome.failed(TransportError.CANCELLED, Processed.MAYBE));
    }

    @Override
    public void commit(Attempt attempt) {
        // The response is complete with its head: its end follows at once.
    }

    @Override
    public void complete() {
        if (recorder != null) {
            Verdict verdict = Objects.requireNonNull(loop.machine().verdict());
            recorder.ended(verdict, loop.machine().endNanos() - loop.machine().startNanos());
        }
    }

    @Override
    public void await(long wakeAtNanos) {
        if (wakeAtNanos < timerAt) {
            timerAt = wakeAtNanos;
            agenda.at(wakeAtNanos, () -> timer(wakeAtNanos));
        }
    }

    private void timer(long atNanos) {
        if (timerAt == atNanos) {
            timerAt = Instants.NEVER;
            loop.timer();
        }
    }

    /** An attempt that a server has. */
    private final class Sent implements Server.Job {
        private final Attempt attempt;
        private boolean ended;

        Sent(Attempt attempt) {
            this.attempt = attempt;
        }

        @Override
        public boolean abandoned() {
            return ended;
        }

        @Override
        public void answered(int status) {
            if (!ended) {
                loop.head(attempt, new Head(status, -1));
                end(Outcome.COMPLETE);
            }
        }

        void end(Outcome outcome) {
            if (!ended) {
                ended = true;
                loop.end(attempt, outcome);
            }
        }
    }
}
