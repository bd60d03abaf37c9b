package io.tulle.core.call;

import static org.assertj.core.api.Assertions.assertThat;

import io.tulle.api.call.MeshCallOptions;
import io.tulle.api.call.Outcome;
import io.tulle.api.call.Processed;
import io.tulle.api.call.RequestHead;
import io.tulle.api.call.TransportError;
import io.tulle.api.resource.Instance;
import io.tulle.api.resource.Metadata;
import io.tulle.api.resource.Service;
import io.tulle.core.snapshot.Reachable;
import java.util.List;
import org.junit.jupiter.api.Test;

class OneShotBodyTest {
    private boolean touched;

    private final RequestHead request = new RequestHead() {
        @Override
        public String method() {
            return "POST";
        }

        @Override
        public String path() {
            return "/";
        }

        @Override
        public int headerCount() {
            return 0;
        }

        @Override
        public String headerName(int index) {
            throw new IndexOutOfBoundsException(index);
        }

        @Override
        public String headerValue(int index) {
            throw new IndexOutOfBoundsException(index);
        }

        @Override
        public boolean idempotent() {
            return false;
        }

        @Override
        public boolean replayable() {
            return !touched;
        }
    };

    @Test
    void isSentAgainWhenNoConnectionHasTouchedIt() {
        assertThat(commandAfter(TransportError.CONNECT)).isEqualTo(Command.DISPATCH);
    }

    @Test
    void isNotSentAgainWhenTheServerRefusedWhatWasWritten() {
        touched = true;
        assertThat(commandAfter(TransportError.REFUSED)).isEqualTo(Command.COMPLETE);
    }

    /** Returns what follows when the first attempt ended unprocessed. */
    private Command commandAfter(TransportError error) {
        MeshEngine engine = new MeshEngine(MeshEngine.Settings.of("default", () -> 0, () -> 0));
        engine.accept(List.of(
                Service.of("default", "shop", Service.Spec.DEFAULT),
                new Instance(Metadata.of("default", "a"), Instance.Spec.of("shop", "a", "localhost", 8080))));
        CallMachine machine =
                engine.newCall("shop", engine.snapshot().byHost("shop"), request, MeshCallOptions.DEFAULT);
        machine.start(0);
        assertThat(machine.next()).isEqualTo(Command.DISPATCH);
        machine.subject().pick(Reachable.ALL, 0);
        machine.onEnd(machine.subject(), Outcome.failed(error, Processed.NO), 1);
        return machine.next();
    }
}
