package io.tulle.testing.tck;

class LoopDriverTckTest extends DriverTck {
    private static final int SCRIPTS = Integer.getInteger("tck.scripts", 5_000);

    @Override
    protected DriverUnderTest driver() {
        return new LoopDriver(Bug.NONE);
    }

    @Override
    protected int scripts() {
        return SCRIPTS;
    }
}
