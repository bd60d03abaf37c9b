package io.tulle.client.registry;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.Flow;
import org.junit.jupiter.api.Test;

class LineSubscriberTest {
    private final List<String> lines = new ArrayList<>();
    private final List<Runnable> dealtWith = new ArrayList<>();
    private final List<String> garbage = new ArrayList<>();
    private long requested;
    private boolean cancelled;

    private LineSubscriber subscriber(int mostBytes) {
        LineSubscriber subscriber = new LineSubscriber(
                (line, done) -> {
                    lines.add(line);
                    dealtWith.add(done);
                },
                garbage::add,
                mostBytes);
        subscriber.onSubscribe(new Flow.Subscription() {
            @Override
            public void request(long n) {
                requested += n;
            }

            @Override
            public void cancel() {
                cancelled = true;
            }
        });
        return subscriber;
    }

    @Test
    void linesDoNotDependOnHowBytesArrive() {
        String text = "eins\n\nzw\u00f6lf \u20ac\n{\"a\":1}\n";
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        for (long seed = 0; seed < 200; seed++) {
            lines.clear();
            SplittableRandom random = new SplittableRandom(seed);
            LineSubscriber subscriber = subscriber(100);
            for (int at = 0; at < bytes.length; ) {
                int end = Math.min(bytes.length, at + 1 + random.nextInt(6));
                subscriber.onNext(List.of(ByteBuffer.wrap(bytes, at, end - at)));
                at = end;
            }
            assertThat(lines).as("seed " + seed).containsExactly("eins", "", "zw\u00f6lf \u20ac", "{\"a\":1}");
        }
    }

    @Test
    void asksForMoreWhenEveryLineIsDealtWith() {
        LineSubscriber subscriber = subscriber(100);
        assertThat(requested).isEqualTo(1);
        subscriber.onNext(bytes("a\nb\nc"));
        assertThat(requested).isEqualTo(1);
        dealtWith.get(0).run();
        assertThat(requested).isEqualTo(1);
        dealtWith.get(1).run();
        assertThat(requested).isEqualTo(2);
        subscriber.onNext(bytes("d"));
        assertThat(requested).as("no line to deal with").isEqualTo(3);
    }

    @Test
    void aLineThatIsTooLongEndsTheStream() {
        LineSubscriber subscriber = subscriber(10);
        subscriber.onNext(bytes("0123456789"));
        assertThat(garbage).isEmpty();
        subscriber.onNext(bytes("0"));
        assertThat(garbage).containsExactly("a line of more than 10 bytes");
        assertThat(cancelled).isTrue();
        subscriber.onNext(bytes("a\n"));
        assertThat(lines).isEmpty();
    }

    private static List<ByteBuffer> bytes(String text) {
        return List.of(ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)));
    }
}
