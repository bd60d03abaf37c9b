package io.tulle.core.call;

/**
 * Sees every event that goes into a {@link CallMachine} and every command that comes out, in order: what the driver TCK compares between drivers. One
 * call's trace comes from one thread at a time.
 */
public interface CallTrace {
    /** Sees nothing. */
    CallTrace NONE = new CallTrace() {
        @Override
        public void event(CallMachine call, Event event, int attempt, long now) {}

        @Override
        public void command(CallMachine call, Command command, int attempt) {}
    };

    /** What a driver can tell a machine. */
    enum Event {
        /** The call starts. */
        START,
        /** A head has arrived. */
        HEAD,
        /** An attempt has ended. */
        END,
        /** A timer is due. */
        TIMER,
        /** A waiting stage lets the call go on. */
        WAKE,
        /** The caller gives up. */
        CANCEL
    }

    /** An event is about to be handled; {@code attempt} is 0 when it concerns none. */
    void event(CallMachine call, Event event, int attempt, long now);

    /** A command was handed out; {@code attempt} is 0 for COMPLETE and AWAIT. */
    void command(CallMachine call, Command command, int attempt);
}
