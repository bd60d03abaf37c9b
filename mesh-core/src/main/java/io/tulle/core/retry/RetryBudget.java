package io.tulle.core.retry;

import io.tulle.api.resource.Route;
import io.tulle.core.window.StripedWindow;
import java.util.concurrent.locks.ReentrantLock;

/**
 * What a client may spend on retries of one service: over a sliding window, a share of its calls plus a floor. Thread-safe. Depositing is one
 * uncontended compare-and-set; withdrawing, which happens only after a failure, takes a short lock so that the budget is never overdrawn.
 *
 * <p>After Finagle's RetryBudget and GEP-3388; the 10 % is that of the Site Reliability Engineering book, chapter 21.
 */
public final class RetryBudget {
    private final double percent;
    private final double floor;
    private final StripedWindow calls;
    private final StripedWindow retries;
    private final ReentrantLock withdrawing = new ReentrantLock();

    /** Creates a budget with nothing spent. */
    public RetryBudget(Route.RetryBudget settings, long now) {
        percent = settings.percent();
        floor = settings.minPerSecond() * settings.window().toMillis() / 1000;
        calls = new StripedWindow(settings.window().toNanos(), now);
        retries = new StripedWindow(settings.window().toNanos(), now);
    }

    /** Notes a call: its first attempt, not its retries. */
    public void deposit(long now) {
        calls.record(false, now);
    }

    /** Pays for one retry if the budget allows it. */
    public boolean withdraw(long now) {
        withdrawing.lock();
        try {
            if (retries.total(now) + 1 > allowance(now)) {
                return false;
            }
            retries.record(false, now);
            return true;
        } finally {
            withdrawing.unlock();
        }
    }

    /** Returns how many retries could be paid for now. */
    public double balance(long now) {
        return Math.max(0, allowance(now) - retries.total(now));
    }

    private double allowance(long now) {
        return calls.total(now) * percent / 100 + floor;
    }
}
