package io.tulle.testing.sockets;

import io.tulle.testing.ProofLog;

/**
 * A bug that was planted in a driver, to show that a scenario catches it.
 *
 * @param wrong the driver with the bug; its {@link SocketDriver#title} names it
 * @param right the same without it
 */
public record PlantedBug(SocketDriver wrong, SocketDriver right) {
    /**
     * Demands that a scenario passes without the bug and fails with it, and writes that down for {@code ./mesh proof matrix}.
     *
     * @param title of the scenario, such as {@code http1 earlyHints}
     * @param because what the failure must say
     * @throws AssertionError if it fails without, does not fail with, or fails for another reason
     * @throws IllegalArgumentException if there is no such scenario
     * @throws InterruptedException if the test is given up
     */
    public void isCaughtBy(String title, String because) throws InterruptedException {
        SocketScenario scenario = SocketScenarios.titled(title);
        play(scenario, right);
        String said = failure(scenario);
        if (!said.contains(because)) {
            throw new AssertionError(wrong.title() + " in " + title + ": " + said + "\n(expected: " + because + ")");
        }
        ProofLog.row("planted", wrong.title(), "ring 2 " + title, "caught", because);
    }

    private String failure(SocketScenario scenario) throws InterruptedException {
        try {
            play(scenario, wrong);
            return "nothing has failed";
        } catch (AssertionError e) {
            return String.valueOf(e.getMessage());
        }
    }

    private static void play(SocketScenario scenario, SocketDriver driver) throws InterruptedException {
        scenario.play().on(driver, SocketTck.wire(driver, scenario.protocol()));
    }
}
