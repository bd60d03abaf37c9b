package io.tulle.grpc;

import static org.assertj.core.api.Assertions.assertThat;

import io.grpc.CallOptions;
import io.grpc.Grpc;
import io.tulle.api.resource.Protocol;
import java.net.SocketAddress;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Endpoints whose hosts are names, and what becomes of their connections and of others' when DNS is slow, forgets or changes its mind. */
class NamedEndpointsTest {
    private final Rig rig = new Rig();
    private final FakeDns dns = new FakeDns();

    @BeforeEach
    void lookUpNamesInTheFake() {
        rig.channel(MeshChannels.builder(rig.mesh, "ratings").setNameResolverArg(Names.LOOKUP, dns));
    }

    @AfterEach
    void close() {
        dns.close();
        rig.close();
    }

    private String call() {
        return rig.call(Rig.PUT, CallOptions.DEFAULT.withDeadlineAfter(10, TimeUnit.SECONDS));
    }

    /** Lists an instance that cannot be connected to: each time that fails, names are looked up again. */
    private void dead() {
        TestServer dead = rig.unlisted("dead", 0);
        dead.kill();
        Awaitility.await().until(dead::idle);
        rig.list("dead", "127.0.0.1", dead.port());
    }

    /** Makes a call and returns the connection that it went by. */
    private SocketAddress connection() {
        Conversation call = rig.open(Rig.PUT, CallOptions.DEFAULT).say("q").over();
        assertThat(call.awaitEnd().isOk()).as("%s", call.awaitEnd()).isTrue();
        return Objects.requireNonNull(call.call.getAttributes().get(Grpc.TRANSPORT_ATTR_LOCAL_ADDR));
    }

    private void awaitLookups(int count) {
        Awaitility.await().until(() -> dns.asked.size() >= count);
    }

    @Test
    void aConnectionOutlivesItsName() {
        TestServer a = rig.unlisted("a", 0);
        dns.means("a.test", "127.0.0.1");
        rig.list("a", "a.test", a.port());
        SocketAddress before = connection();
        dns.forgets("a.test");
        dead();
        awaitLookups(3); // the third begins when what came of the second is known
        assertThat(connection()).isEqualTo(before);
        assertThat(rig.verdicts).containsOnly("SUCCESS");
    }

    @Test
    void aConnectionStaysAsLongAsItsAddressIsOneOfTheName() {
        TestServer a = rig.unlisted("a", 0);
        dns.means("a.test", "127.0.0.1", "127.0.0.2");
        rig.list("a", "a.test", a.port());
        SocketAddress before = connection();
        dns.means("a.test", "127.0.0.2", "127.0.0.1");
        dead();
        awaitLookups(3);
        assertThat(connection()).isEqualTo(before);
    }

    @Test
    void aSlowNameHoldsUpNobodyElse() {
        rig.server("a");
        assertThat(call()).isEqualTo("a:q");
        dns.hesitates("slow.test");
        rig.list("slow", "slow.test", 1);
        dns.means("b.test", "127.0.0.1");
        rig.replace("a", "c", rig.unlisted("c", 0).port());
        assertThat(call()).isEqualTo("c:q");
        rig.remove("c").list("b", "b.test", rig.unlisted("b", 0).port());
        assertThat(call()).isEqualTo("b:q");
        assertThat(dns.asked).containsExactlyInAnyOrder("slow.test", "b.test");
    }

    @Test
    void callsWaitForANameThatNobodyElseStandsInFor() {
        dns.hesitates("slow.test").means("slow.test", "127.0.0.1");
        rig.list("a", "slow.test", rig.unlisted("a", 0).port());
        Conversation call = rig.open(Rig.PUT, CallOptions.DEFAULT).say("q").over();
        awaitLookups(1);
        assertThat(call.ended()).isFalse();
        dns.answers("slow.test");
        assertThat(call.awaitEnd().isOk()).as("%s", call.awaitEnd()).isTrue();
    }

    @Test
    void changesDoNotStarveALookUp() {
        dns.hesitates("slow.test").means("slow.test", "127.0.0.1");
        rig.list("a", "slow.test", rig.unlisted("a", 0).port());
        Conversation call = rig.open(Rig.PUT, CallOptions.DEFAULT).say("q").over();
        awaitLookups(1);
        rig.service(Protocol.GRPC, "v1");
        dead();
        assertThat(dns.asked).containsExactly("slow.test");
        dns.answers("slow.test");
        assertThat(call.awaitEnd().isOk()).as("%s", call.awaitEnd()).isTrue();
    }

    @Test
    void everyAddressOfANameIsTried() {
        dns.means("a.test", "::1", "127.0.0.1"); // the server listens on the second only
        rig.list("a", "a.test", rig.unlisted("a", 0).port());
        assertThat(call()).isEqualTo("a:q");
        assertThat(rig.attempts).hasSize(1);
    }

    @Test
    void aNameThatIsNotKnownFailsCallsAtOnceAndIsLookedUpAgain() {
        rig.list("a", "a.test", rig.unlisted("a", 0).port());
        Conversation call = rig.open(Rig.PUT, CallOptions.DEFAULT).say("q").over();
        assertThat(call.awaitEnd().getDescription()).contains("no endpoint can be connected to");
        dns.means("a.test", "127.0.0.1");
        Conversation patient = rig.open(Rig.PUT, CallOptions.DEFAULT.withWaitForReady())
                .say("q")
                .over();
        assertThat(patient.awaitEnd().isOk()).as("%s", patient.awaitEnd()).isTrue();
    }

    @Test
    void aNameThatMeansAnotherAddressIsFollowed() {
        dns.means("a.test", "::1");
        rig.list("a", "a.test", rig.unlisted("a", 0).port()); // nobody listens there
        Conversation call = rig.open(Rig.PUT, CallOptions.DEFAULT.withWaitForReady())
                .say("q")
                .over();
        awaitLookups(1);
        dns.means("a.test", "127.0.0.1");
        assertThat(call.awaitEnd().isOk()).as("%s", call.awaitEnd()).isTrue();
    }
}
