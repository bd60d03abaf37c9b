package io.tulle.testing.tck;

class BlockingDriverTckTest extends DriverTck {
    private static final int SCRIPTS = Integer.getInteger("tck.scripts", 5_000);

    @Override
    protected DriverUnderTest driver() {
        return new BlockingDriver(Bug.NONE);
    }

    @Override
    protected int scripts() {
        return SCRIPTS;
    }
}
