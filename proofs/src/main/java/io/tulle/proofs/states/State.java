package io.tulle.proofs.states;

import io.tulle.proofs.fault.Fault;
import io.tulle.proofs.fault.Lie;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What may be the matter with a registry. */
public enum State {
    /** Nothing: what the others are compared with. */
    HEALTHY("nothing is the matter"),

    /** The process was killed, and nobody listens. */
    DOWN("killed; connections are refused") {
        @Override
        void begin(Stage stage) {
            stage.registry().kill();
        }

        @Override
        void end(Stage stage) {
            stage.registry().start();
        }
    },

    /** Killed and started over and over. */
    RESTARTED("killed and started again, over and over") {
        @Override
        void again(Stage stage) {
            stage.registry().kill();
            stage.registry().start();
        }

        @Override
        int rounds(StatesRun.Size size) {
            return size.restarts();
        }
    },

    /** Ten seconds for every answer. */
    SLOW("every answer takes ten seconds") {
        @Override
        void begin(Stage stage) {
            stage.faulty(Fault.delay(Duration.ofSeconds(10)));
        }
    },

    /** Connections stay open and nothing moves. */
    HALF_OPEN("connections stay open, nothing arrives") {
        @Override
        void begin(Stage stage) {
            stage.faulty(Fault.HALF_OPEN);
        }
    },

    /** Connections are reset when something is said. */
    RESET("connections are reset when it answers") {
        @Override
        void begin(Stage stage) {
            stage.faulty(Fault.RESET);
        }
    },

    /** A byte at a time. */
    SLOW_DRIP("ten bytes a second") {
        @Override
        void begin(Stage stage) {
            stage.faulty(Fault.slowDrip(Duration.ofMillis(100)));
        }
    },

    /** Answers break off. */
    TRUNCATE("every connection breaks off after some bytes") {
        @Override
        void begin(Stage stage) {
            stage.faulty(Fault.truncate(700));
        }
    },

    /** Bytes are changed on the way. */
    CORRUPT("one byte in 200 is changed") {
        @Override
        void begin(Stage stage) {
            stage.faulty(Fault.corrupt(200, 42));
        }
    },

    /** Everything is said twice. */
    DUPLICATE("everything arrives twice") {
        @Override
        void begin(Stage stage) {
            stage.faulty(Fault.DUPLICATE);
        }
    },

    /** See {@link Lie#EMPTY_LISTS}. */
    EMPTY_LISTS("says that every service is empty", Lie.EMPTY_LISTS),

    /** See {@link Lie#MASS_EXPIRY}. */
    MASS_EXPIRY("says that 90 % of the instances have expired", Lie.MASS_EXPIRY),

    /** See {@link Lie#OLDER_REVISION}. */
    OLDER_REVISION("goes back to an older revision", Lie.OLDER_REVISION),

    /** See {@link Lie#ANOTHER_EPOCH}. */
    ANOTHER_EPOCH("has other data, without our services", Lie.ANOTHER_EPOCH),

    /** See {@link Lie#ANOTHER_NAMESPACE}. */
    ANOTHER_NAMESPACE("sends another namespace's data", Lie.ANOTHER_NAMESPACE),

    /** See {@link Lie#GARBAGE}. */
    GARBAGE("sends lines that are none", Lie.GARBAGE);

    private final String description;
    private final @Nullable Lie lie;

    State(String description) {
        this(description, null);
    }

    State(String description, @Nullable Lie lie) {
        this.description = description;
        this.lie = lie;
    }

    /** Returns the name on the command line. */
    public String title() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** Returns the names of all states. */
    public static List<String> titles() {
        return Arrays.stream(values()).map(State::title).toList();
    }

    String description() {
        return description;
    }

    /** How often {@link #again} happens; in between passes the run's interval. */
    int rounds(StatesRun.Size size) {
        return size.rounds();
    }

    void begin(Stage stage) {
        if (lie != null) {
            stage.liar().lie(lie);
        }
    }

    void again(Stage stage) {
        stage.liar().again();
    }

    void end(Stage stage) {
        stage.recover();
    }
}
