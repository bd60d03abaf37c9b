package io.tulle.grpc;

import io.grpc.ClientCall;
import io.grpc.Metadata;
import io.grpc.Status;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;

/** A streaming call and what was heard of it; it asks for one message at a time. */
class Conversation extends ClientCall.Listener<String> {
    final ClientCall<String, String> call;
    final List<String> heard = new CopyOnWriteArrayList<>();
    volatile boolean headers;
    volatile boolean writable;
    private volatile @Nullable Status status;
    private volatile @Nullable String broken;

    Conversation(ClientCall<String, String> call) {
        this.call = call;
    }

    Conversation say(String... messages) {
        for (String message : messages) {
            call.sendMessage(message);
        }
        return this;
    }

    Conversation over() {
        call.halfClose();
        return this;
    }

    Conversation awaitMessages(int count) {
        Awaitility.await().atMost(Duration.ofSeconds(20)).until(() -> heard.size() >= count);
        return this;
    }

    Status awaitEnd() {
        Awaitility.await().atMost(Duration.ofSeconds(20)).until(() -> status != null);
        if (broken != null) {
            throw new AssertionError(broken);
        }
        return status;
    }

    boolean ended() {
        return status != null;
    }

    @Override
    public void onHeaders(Metadata received) {
        headers = true;
        check(heard.isEmpty(), "headers after a message");
    }

    @Override
    public void onMessage(String message) {
        check(headers, "a message before the headers");
        heard.add(message);
        call.request(1);
    }

    @Override
    public void onReady() {
        writable = true;
    }

    @Override
    public void onClose(Status end, Metadata trailers) {
        check(status == null, "closed twice");
        status = end;
    }

    private void check(boolean holds, String otherwise) {
        if (!holds) {
            broken = otherwise;
        }
    }
}
