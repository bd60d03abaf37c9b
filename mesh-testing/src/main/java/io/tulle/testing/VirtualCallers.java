package io.tulle.testing;

import java.lang.reflect.Method;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.DynamicTestInvocationContext;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.InvocationInterceptor;
import org.junit.jupiter.api.extension.ReflectiveInvocationContext;

/**
 * Runs tests on virtual threads when {@link CallerThreads#virtual()} says so, and counts how often one was pinned ({@link PinWatch}); otherwise it does nothing. A
 * module's tests have it by a line in {@code META-INF/services} and JUnit's extension auto-detection.
 */
public final class VirtualCallers implements InvocationInterceptor, BeforeAllCallback {
    /** Creates the extension; for {@code ServiceLoader}. */
    public VirtualCallers() {}

    @Override
    public void beforeAll(ExtensionContext context) {
        if (CallerThreads.virtual()) {
            context.getRoot().getStore(ExtensionContext.Namespace.GLOBAL).computeIfAbsent(PinWatch.class);
        }
    }

    @Override
    public void interceptTestMethod(
            Invocation<@Nullable Void> invocation, ReflectiveInvocationContext<Method> method, ExtensionContext context)
            throws Throwable {
        proceed(invocation);
    }

    @Override
    public void interceptTestTemplateMethod(
            Invocation<@Nullable Void> invocation, ReflectiveInvocationContext<Method> method, ExtensionContext context)
            throws Throwable {
        proceed(invocation);
    }

    @Override
    public void interceptDynamicTest(
            Invocation<@Nullable Void> invocation, DynamicTestInvocationContext test, ExtensionContext context)
            throws Throwable {
        proceed(invocation);
    }

    private static void proceed(Invocation<@Nullable Void> invocation) throws Throwable {
        if (!CallerThreads.virtual()) {
            invocation.proceed();
            return;
        }
        AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
        Thread caller = CallerThreads.factory().newThread(() -> {
            try {
                invocation.proceed();
            } catch (Throwable e) { // handed to the thread that waits
                failure.set(e);
            }
        });
        caller.start();
        join(caller);
        Throwable thrown = failure.get();
        if (thrown != null) {
            throw thrown;
        }
    }

    /** A test that takes too long is interrupted by JUnit: that is passed on to where it runs. */
    private static void join(Thread caller) throws InterruptedException {
        try {
            caller.join();
        } catch (InterruptedException e) {
            caller.interrupt();
            caller.join();
            throw e;
        }
    }
}
