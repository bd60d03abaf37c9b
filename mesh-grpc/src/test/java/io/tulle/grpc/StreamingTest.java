package io.tulle.grpc;

import static org.assertj.core.api.Assertions.assertThat;

import io.grpc.CallOptions;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.Status;
import io.tulle.api.resource.TrafficPolicy;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class StreamingTest {
    private final Rig rig = new Rig();

    @AfterEach
    void close() {
        rig.close();
    }

    private static void many(ServerCall<String, String> call, int count) {
        call.sendHeaders(new Metadata());
        for (int i = 0; i < count; i++) {
            call.sendMessage(String.valueOf(i));
        }
        call.close(Status.OK, new Metadata());
    }

    @Test
    void manyMessagesComeInOrder() {
        rig.server("a").answering((call, messages) -> many(call, 2000));
        Conversation list = rig.open(Rig.LIST, CallOptions.DEFAULT).say("q").over();
        assertThat(list.awaitEnd().isOk()).isTrue();
        assertThat(list.heard).hasSize(2000);
        assertThat(list.heard.get(1999)).isEqualTo("1999");
    }

    @Test
    void manyMessagesGoInOrder() {
        rig.server("a").answering((call, messages) -> {
            call.sendHeaders(new Metadata());
            call.sendMessage(messages.get(0) + ".." + messages.get(999) + " of " + messages.size());
            call.close(Status.OK, new Metadata());
        });
        Conversation upload = rig.open(Rig.UPLOAD, CallOptions.DEFAULT);
        Awaitility.await().until(upload.call::isReady);
        assertThat(upload.writable).isTrue();
        for (int i = 0; i < 1000; i++) {
            upload.say(String.valueOf(i));
        }
        assertThat(upload.over().awaitEnd().isOk()).isTrue();
        assertThat(upload.heard).containsExactly("0..999 of 1000");
    }

    @Test
    void aConversationGoesBackAndForth() {
        rig.server("a").echoing();
        Conversation chat = rig.open(Rig.CHAT, CallOptions.DEFAULT);
        chat.say("one").awaitMessages(1).say("two").awaitMessages(2).over();
        assertThat(chat.awaitEnd().isOk()).isTrue();
        assertThat(chat.heard).containsExactly("a:one", "a:two");
        assertThat(rig.verdicts).containsExactly("SUCCESS");
    }

    @Test
    void aStreamThatBreaksIsNotRepeatedAndTheNextCallGoesElsewhere() {
        TestServer a = rig.server("a").echoing();
        Conversation chat = rig.open(Rig.CHAT, CallOptions.DEFAULT).say("one").awaitMessages(1);
        TestServer b = rig.server("b").echoing();
        a.kill();
        assertThat(chat.awaitEnd().getCode())
                .isIn(Status.Code.UNAVAILABLE, Status.Code.CANCELLED); // as grpc-java says it
        assertThat(b.calls).isEmpty();
        Awaitility.await().untilAsserted(() -> assertThat(rig.verdicts).containsExactly("FAILED_RESPONSE"));
        Conversation next = rig.open(Rig.CHAT, CallOptions.DEFAULT)
                .say("two")
                .awaitMessages(1)
                .over();
        assertThat(next.awaitEnd().isOk()).isTrue();
        assertThat(next.heard).containsExactly("b:two");
    }

    @Test
    void anUploadIsSentAgainFromItsBeginning() {
        rig.server("a").failing(Status.UNAVAILABLE);
        rig.server("b");
        for (int i = 0; i < 6; i++) {
            Conversation upload =
                    rig.open(Rig.UPLOAD, CallOptions.DEFAULT).say("x", "y", "z").over();
            assertThat(upload.awaitEnd().isOk()).isTrue();
            assertThat(upload.heard).containsExactly("b:x,y,z");
        }
        assertThat(rig.attempts).anySatisfy(line -> assertThat(line).contains("/a", "503"));
    }

    @Test
    void aFurtherAttemptIsAskedForAnswersHoweverManyTheApplicationWants() {
        TestServer a = rig.server("a");
        a.answering((call, messages) -> {
            if (a.calls.size() == 1) {
                call.close(Status.UNAVAILABLE, new Metadata());
            } else {
                many(call, 2);
            }
        });
        Conversation list = rig.open(Rig.LIST, CallOptions.DEFAULT); // which asks for one
        list.call.request(Integer.MAX_VALUE);
        assertThat(list.say("q").over().awaitEnd().isOk()).isTrue();
        assertThat(list.heard).containsExactly("0", "1");
        assertThat(a.calls).hasSize(2);
    }

    @Test
    void anUploadThatWasTooLargeToKeepIsNotSentAgainAndDoesNotFailForThat() {
        TestServer a = rig.server("a").failing(Status.UNAVAILABLE);
        CallOptions small = CallOptions.DEFAULT.withOption(MeshChannels.REPLAY_LIMIT, 10L);
        Conversation upload =
                rig.open(Rig.UPLOAD, small).say("0123456789", "0123456789").over();
        assertThat(upload.awaitEnd().getCode()).isEqualTo(Status.Code.UNAVAILABLE);
        assertThat(a.calls).hasSize(1);
        TestServer b = rig.server("b");
        rig.remove("a");
        Conversation next =
                rig.open(Rig.UPLOAD, small).say("0123456789", "0123456789").over();
        assertThat(next.awaitEnd().isOk()).isTrue();
        assertThat(b.calls).hasSize(1);
    }

    @Test
    void theDeadlineEndsAStreamInItsMidst() {
        rig.server("a").echoing();
        Conversation chat = rig.open(Rig.CHAT, CallOptions.DEFAULT.withDeadlineAfter(1, TimeUnit.SECONDS))
                .say("one")
                .awaitMessages(1);
        assertThat(chat.awaitEnd().getCode()).isEqualTo(Status.Code.DEADLINE_EXCEEDED);
        Awaitility.await().untilAsserted(() -> assertThat(rig.verdicts).containsExactly("DEADLINE_EXCEEDED"));
        chat.say("too late").over(); // as with any gRPC call, no exception
    }

    @Test
    void aStreamGoesOnWhenItsEndpointLeaves() {
        rig.server("a").echoing();
        Conversation chat = rig.open(Rig.CHAT, CallOptions.DEFAULT).say("one").awaitMessages(1);
        TestServer b = rig.server("b").echoing();
        rig.remove("a");
        chat.say("two").awaitMessages(2);
        Conversation other = rig.open(Rig.CHAT, CallOptions.DEFAULT)
                .say("three")
                .awaitMessages(1)
                .over();
        assertThat(other.awaitEnd().isOk()).isTrue();
        assertThat(other.heard).containsExactly("b:three");
        assertThat(chat.over().awaitEnd().isOk()).isTrue();
        assertThat(chat.heard).containsExactly("a:one", "a:two");
        assertThat(b.calls).hasSize(1);
    }

    @Test
    void openStreamsCountForTheConcurrencyLimit() {
        rig.policy(TrafficPolicy.Spec.defaults("ratings").withConcurrencyLimit(new TrafficPolicy.ConcurrencyLimit(1)));
        rig.server("a").echoing();
        Conversation chat = rig.open(Rig.CHAT, CallOptions.DEFAULT).say("one").awaitMessages(1);
        Status refused = rig.open(Rig.CHAT, CallOptions.DEFAULT).say("two").awaitEnd();
        assertThat(refused.getCode()).isEqualTo(Status.Code.UNAVAILABLE);
        assertThat(refused.getDescription()).contains("concurrency limit");
        chat.over().awaitEnd();
        Awaitility.await().untilAsserted(() -> assertThat(rig.verdicts).isEqualTo(List.of("OVERLOADED", "SUCCESS")));
    }
}
