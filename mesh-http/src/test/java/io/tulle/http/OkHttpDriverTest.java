package io.tulle.http;

import io.tulle.testing.tck.DriverTck;
import io.tulle.testing.tck.DriverUnderTest;

class OkHttpDriverTest extends DriverTck {
    @Override
    protected DriverUnderTest driver() {
        return OkHttpDriver.execute();
    }
}
