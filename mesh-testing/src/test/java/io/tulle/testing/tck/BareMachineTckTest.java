package io.tulle.testing.tck;

/** The reference has the traces that the scenarios name, and does the same thing twice. */
class BareMachineTckTest extends DriverTck {
    @Override
    protected DriverUnderTest driver() {
        return new BareMachineDriver();
    }
}
