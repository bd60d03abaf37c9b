package io.tulle.client.registry;

/** Something that is asked of a registry: when to ask, under which ticket it has been, and until when an answer is waited for. Confined to the session's thread. */
final class Errand {
    private final Alarm due = new Alarm();
    private final Alarm end = new Alarm();
    private long ticket;

    /** Returns the ticket under which it is out, or 0. */
    long ticket() {
        return ticket;
    }

    /** Returns whether it is asked for and not answered. */
    boolean out() {
        return ticket != 0;
    }

    /** Returns when to ask; one that is not set means now. */
    Alarm due() {
        return due;
    }

    /** Returns until when an answer is waited for. */
    Alarm end() {
        return end;
    }

    /** Returns whether it is to be asked now. */
    boolean ready(long now) {
        return !out() && (!due.isSet() || due.due(now));
    }

    /** It is asked. */
    void ask(long newTicket, long until) {
        ticket = newTicket;
        due.off();
        end.at(until);
    }

    /** It is answered, or given up. */
    void back() {
        ticket = 0;
        end.off();
    }

    /** Returns how long until something is to be done about it, at most {@code most}. */
    long until(long now, long most) {
        return out() ? end.until(now, most) : due.until(now, most);
    }
}
