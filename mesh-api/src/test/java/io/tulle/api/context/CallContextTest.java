package io.tulle.api.context;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tulle.api.time.Instants;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class CallContextTest {
    private final CallContext one = CallContext.builder().deadlineNanos(1).build();
    private final CallContext two = CallContext.builder().deadlineNanos(2).build();

    @AfterEach
    void nothingIsLeftOnTheThread() {
        assertThat(CallContext.current()).isSameAs(CallContext.NONE);
    }

    @Test
    void aThreadThatServesNoCallHasNone() {
        assertThat(CallContext.current()).isSameAs(CallContext.NONE);
        assertThat(CallContext.NONE.deadlineNanos()).isEqualTo(Instants.NEVER);
        assertThat(CallContext.NONE.attempt()).isEqualTo(1);
        assertThat(CallContext.NONE.traceparent()).isNull();
        CallContext.NONE.spendRetries();
        assertThat(CallContext.NONE.retriesSpent()).isFalse();
    }

    @Test
    void scopesNest() {
        try (CallContext.Scope outer = one.makeCurrent()) {
            assertThat(outer).isNotNull();
            try (CallContext.Scope inner = two.makeCurrent()) {
                assertThat(inner).isNotNull();
                assertThat(CallContext.current()).isSameAs(two);
            }
            assertThat(CallContext.current()).isSameAs(one);
        }
    }

    @Test
    void noneCanBeMadeCurrentInsideAServedCall() {
        try (CallContext.Scope outer = one.makeCurrent()) {
            assertThat(outer).isNotNull();
            CallContext.NONE
                    .wrap((Runnable) () -> assertThat(CallContext.current()).isSameAs(CallContext.NONE))
                    .run();
            assertThat(CallContext.current()).isSameAs(one);
        }
    }

    @Test
    void whatIsWrappedRunsInItsContextAndLeavesTheThreadAsItWas() throws Exception {
        List<CallContext> seen = new ArrayList<>();
        Runnable task = () -> seen.add(CallContext.current());
        Callable<CallContext> callable = CallContext::current;
        Supplier<CallContext> supplier = CallContext::current;
        try (CallContext.Scope outer = two.makeCurrent()) {
            assertThat(outer).isNotNull();
            one.wrap(task).run();
            assertThat(one.wrap(callable).call()).isSameAs(one);
            assertThat(one.wrapSupplier(supplier).get()).isSameAs(one);
            assertThat(CallContext.current()).isSameAs(two);
        }
        assertThat(seen).containsExactly(one);
    }

    @Test
    void aTaskThatThrowsLeavesTheThreadAsItWas() {
        Runnable broken = () -> {
            throw new IllegalStateException("broken");
        };
        assertThatThrownBy(() -> one.wrap(broken).run()).hasMessage("broken");
        assertThat(CallContext.current()).isSameAs(CallContext.NONE);
    }

    @Test
    void eachTaskFollowsWhoeverSubmitsItAndNotWhoeverRunsIt() {
        Queue<Runnable> submitted = new ArrayDeque<>();
        List<CallContext> seen = new ArrayList<>();
        Executor following = CallContext.following(submitted::add);
        one.wrap((Runnable) () -> following.execute(() -> seen.add(CallContext.current())))
                .run();
        following.execute(() -> seen.add(CallContext.current()));
        two.wrap((Runnable) () -> submitted.forEach(Runnable::run)).run();
        assertThat(seen).containsExactly(one, CallContext.NONE);
    }

    @Test
    void theStagesOfAFutureFollowOnAnotherThread() throws Exception {
        ExecutorService pool = Executors.newSingleThreadExecutor();
        try (CallContext.Scope outer = one.makeCurrent()) {
            assertThat(outer).isNotNull();
            Executor following = CallContext.following(pool);
            CallContext seen = CompletableFuture.supplyAsync(CallContext::current, following)
                    .thenApplyAsync(first -> first == one ? CallContext.current() : first, following)
                    .get();
            // the second stage is submitted by the thread that completes the first, which runs in the same context
            assertThat(seen).isSameAs(one);
            assertThat(pool.submit(CallContext::current).get())
                    .as("a bare pool knows nothing")
                    .isSameAs(CallContext.NONE);
        } finally {
            pool.shutdownNow();
        }
    }

    @Test
    void anAttemptBelowTheFirstIsRefused() {
        assertThatThrownBy(() -> CallContext.builder().attempt(0)).hasMessage("attempt: 0 (expected: 1 or more)");
    }
}
