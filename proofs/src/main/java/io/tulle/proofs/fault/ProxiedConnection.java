package io.tulle.proofs.fault;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** One connection through the proxy: what the server says goes through the fault; what the client says goes on
 * untouched, but into the void while the connection is half open. Thread-safe. */
final class ProxiedConnection implements Fault.Wire {
    private static final int CHUNK = 8 * 1024;

    private final Socket client;
    private final Socket server;
    private final Supplier<Fault> fault;
    private final Consumer<ProxiedConnection> ended;
    private final CountDownLatch over = new CountDownLatch(1);

    ProxiedConnection(Socket client, Socket server, Supplier<Fault> fault, Consumer<ProxiedConnection> ended) {
        this.client = client;
        this.server = server;
        this.fault = fault;
        this.ended = ended;
    }

    static void daemon(String name, Runnable task) {
        Thread thread = new Thread(task, name);
        thread.setDaemon(true);
        thread.start();
    }

    void start() {
        daemon("tulle-fault-up", this::upstream);
        daemon("tulle-fault-down", this::downstream);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        OutputStream out = client.getOutputStream();
        out.write(bytes, offset, length);
        out.flush();
    }

    @Override
    public void pause(Duration time) throws InterruptedException {
        if (over.await(time.toNanos(), TimeUnit.NANOSECONDS)) {
            throw new InterruptedException("the connection is over");
        }
    }

    @Override
    public boolean open() {
        return over.getCount() > 0;
    }

    @Override
    public void close() {
        end(false);
    }

    @Override
    public void reset() {
        end(true);
    }

    private void upstream() {
        byte[] bytes = new byte[CHUNK];
        try {
            InputStream in = client.getInputStream();
            OutputStream out = server.getOutputStream();
            for (int length = in.read(bytes); length >= 0; length = in.read(bytes)) {
                if (!Fault.HALF_OPEN.equals(fault.get())) {
                    out.write(bytes, 0, length);
                }
            }
            end(false);
        } catch (IOException e) { // one side is gone: so is the other
            end(true);
        }
    }

    private void downstream() {
        byte[] bytes = new byte[CHUNK];
        try {
            InputStream in = server.getInputStream();
            for (int length = in.read(bytes); length >= 0; length = in.read(bytes)) {
                fault.get().pass(bytes, length, this);
            }
            end(false);
        } catch (IOException | InterruptedException e) { // as above, or the connection ended while it was held back
            end(true);
        }
    }

    private void end(boolean reset) {
        if (!open()) {
            return;
        }
        over.countDown();
        try {
            if (reset) {
                client.setSoLinger(true, 0);
            }
            client.close();
            server.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            ended.accept(this);
        }
    }
}
