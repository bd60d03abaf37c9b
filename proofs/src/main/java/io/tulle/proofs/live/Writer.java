package io.tulle.proofs.live;

import io.tulle.proofs.history.Event;
import io.tulle.proofs.history.Recorder;
import io.tulle.proofs.history.Write;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/** Writes one thing after another and records what became of it. Never sends the same write twice. Confined to its thread. */
final class Writer implements Callable<Void> {
    private final String name;
    private final AdminClient admin;
    private final Workload workload;
    private final Gate gate;
    private final Recorder recorder;
    private final LongSupplier nanos;
    private final AtomicLong acked;
    private int number;

    Writer(
            String name,
            AdminClient admin,
            Workload workload,
            Gate gate,
            Recorder recorder,
            LongSupplier nanos,
            AtomicLong acked) {
        this.name = name;
        this.admin = admin;
        this.workload = workload;
        this.gate = gate;
        this.recorder = recorder;
        this.nanos = nanos;
        this.acked = acked;
    }

    @Override
    public Void call() throws InterruptedException {
        while (!gate.over()) {
            int status = write(workload.next()).status();
            if (status <= 0 || status >= 500) {
                gate.retry();
            }
        }
        return null;
    }

    /** Writes once. */
    AdminClient.Answer write(List<Write.Part> parts) throws InterruptedException {
        String id = name + "-" + number++;
        long start = nanos.getAsLong();
        AdminClient.Answer answer = admin.write(id, parts);
        long end = nanos.getAsLong();
        if (answer.unsent()) {
            return answer;
        }
        Write.Result result = answer.result();
        recorder.add(Event.of(new Write(name, id, start, end, result, answer.revision(), parts)));
        if (result == Write.Result.ACKED) {
            acked.incrementAndGet();
        }
        return answer;
    }
}
