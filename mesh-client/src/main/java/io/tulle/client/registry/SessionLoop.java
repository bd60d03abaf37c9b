package io.tulle.client.registry;

import io.tulle.api.time.Scheduler;
import io.tulle.client.MeshRuntime;
import io.tulle.client.codec.InvalidFileException;
import io.tulle.client.codec.JsonRecords;
import io.tulle.client.wire.Renewed;
import io.tulle.client.wire.SessionOpened;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.ObjLongConsumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The thread {@code tulle-registry}, which owns the session: what the network, timers and the application want of it comes as events, one after another. After
 * each it executes what the {@link SessionMachine} asks for and publishes what is new. It never waits for anything but the next event.
 */
final class SessionLoop implements Transport.Answers {
    private static final Logger LOG = LoggerFactory.getLogger(SessionLoop.class);
    private static final long CLOSE_MILLIS = 2_000;

    private final SessionMachine machine;
    private final Publication publication;
    private final Transport transport;
    private final MeshRuntime runtime;
    private final BlockingQueue<Runnable> events = new LinkedBlockingQueue<>();
    private final Thread thread = new Thread(this::run, "tulle-registry");
    private volatile boolean closed;
    private Scheduler.@Nullable Timer timer;

    SessionLoop(SessionMachine machine, Publication publication, Transport transport, MeshRuntime runtime) {
        this.machine = machine;
        this.publication = publication;
        this.transport = transport;
        this.runtime = runtime;
    }

    /** Starts the machine on the calling thread, which puts in force what is believed already, and then the thread. */
    void start() {
        machine.start(now());
        publication.publish(now());
        thread.setDaemon(true);
        thread.start();
        post((started, now) -> {});
    }

    /** Has {@code event} run on the session's thread, with the time. */
    void post(ObjLongConsumer<SessionMachine> event) {
        events.add(() -> event.accept(machine, now()));
    }

    /** Ends the thread; events that wait are not run. */
    void close() {
        closed = true;
        events.add(() -> {});
        try {
            thread.join(CLOSE_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // the thread ends by itself soon
        }
    }

    private long now() {
        return runtime.ticker().nanos();
    }

    private void run() {
        while (!closed) {
            try {
                events.take().run();
                if (!closed) {
                    afterEvent();
                }
            } catch (InterruptedException e) {
                closed = true; // nobody of ours interrupts: whoever does wants the thread to end
                Thread.currentThread().interrupt();
            } catch (RuntimeException e) { // a bug of ours must not end the session
                LOG.error("an event of the registry session failed; what is in force stays in force", e);
            }
        }
    }

    private void afterEvent() {
        for (Command command = machine.next(); command != null; command = machine.next()) {
            transport.execute(command, this);
        }
        long now = now();
        publication.publish(now);
        Scheduler.Timer former = timer;
        timer = runtime.scheduler().schedule(now + machine.idleNanos(now), () -> post(SessionMachine::time));
        if (former != null) {
            former.cancel();
        }
    }

    // ---- what comes back, on threads of the transport ----

    @Override
    public void answered(Command command, String body) {
        post((to, now) -> {
            try {
                take(to, command, body, now);
            } catch (InvalidFileException e) {
                to.failed(command.ticket(), Failure.noAnswer("an answer that is none: " + firstLine(e)), now);
            }
        });
    }

    private static void take(SessionMachine to, Command command, String body, long now) {
        if (command instanceof Command.Open) {
            to.opened(command.ticket(), JsonRecords.read(SessionOpened.class, "the registry's answer", body), now);
        } else if (command instanceof Command.Renew) {
            to.renewed(command.ticket(), JsonRecords.read(Renewed.class, "the registry's answer", body), now);
        } else {
            to.registered(command.ticket(), now);
        }
    }

    @Override
    public void streaming(Command command) {
        post((to, now) -> to.streaming(command.ticket(), now));
    }

    @Override
    public void line(Command command, String text, Runnable more) {
        post((to, now) -> {
            try {
                to.line(command.ticket(), Line.read(text), now);
            } catch (InvalidFileException e) {
                to.garbage(command.ticket(), firstLine(e), now);
            } finally {
                more.run();
            }
        });
    }

    @Override
    public void garbage(Command command, String reason) {
        post((to, now) -> to.garbage(command.ticket(), reason, now));
    }

    @Override
    public void failed(Command command, Failure failure) {
        post((to, now) -> to.failed(command.ticket(), failure, now));
    }

    private static String firstLine(InvalidFileException failure) {
        return failure.problems().get(0).toString();
    }
}
