package io.tulle.testing.sockets;

import static io.tulle.testing.sockets.SocketCall.GET;
import static io.tulle.testing.sockets.SocketCall.POST;
import static io.tulle.testing.wire.Http2.INTERNAL_ERROR;
import static io.tulle.testing.wire.Http2.NO_ERROR;
import static io.tulle.testing.wire.Http2.REFUSED_STREAM;
import static io.tulle.testing.wire.Http2.goAway;
import static io.tulle.testing.wire.Http2.headers;
import static io.tulle.testing.wire.Http2.resetStream;
import static org.assertj.core.api.Assertions.assertThat;

import io.tulle.testing.wire.WireScript;
import io.tulle.testing.wire.WireServer;
import java.util.List;

/** What an HTTP/2 server may do, under HTTP and under gRPC. */
final class Http2Faults {
    private Http2Faults() {}

    static List<SocketScenario> all() {
        return List.of(
                new SocketScenario("resetAtEveryByte", WireServer.Speaks.HTTP2, EveryByte::reset),
                of("refusedStreamIsSentAgain", Http2Faults::refused),
                of("goAwayBelowTheStreamIsSentAgain", Http2Faults::goAwayBelow),
                of("goAwayMidStream", bench -> goAwayMidStream(bench, GET)),
                of("goAwayMidStreamOfAPost", bench -> goAwayMidStream(bench, POST)),
                of("goAwayThenEnd", Http2Faults::goAwayThenEnd),
                of("streamResetBeforeTheHead", Http2Faults::resetBeforeTheHead),
                of("streamResetAfterTheHeadIsNotRetried", Http2Faults::resetAfterTheHead),
                of("unavailableIsRetried", Http2Faults::unavailable),
                of("endOfAReusedConnectionBeforeAnyByte", Http2Faults::endOfAReusedConnection),
                of("earlyHints", Http2Faults::earlyHints));
    }

    private static SocketScenario of(String name, SocketScenario.Calls calls) {
        return SocketScenario.of(name, WireServer.Speaks.HTTP2, calls);
    }

    /** The server says that it has not touched the stream: any call goes again. */
    private static void refused(SocketBench bench) throws InterruptedException {
        WireScript refuses = exchange -> exchange.send(resetStream(exchange.stream(), REFUSED_STREAM));
        sentAgain(bench, refuses);
    }

    /** So does a GOAWAY whose last stream is an earlier one. */
    private static void goAwayBelow(SocketBench bench) throws InterruptedException {
        sentAgain(bench, exchange -> exchange.send(goAway(0, NO_ERROR)));
    }

    private static void sentAgain(SocketBench bench, WireScript script) throws InterruptedException {
        for (SocketCall call : List.of(GET, POST)) {
            bench.answers(script, bench.wire().ok()).call(call).succeeds().requests(2);
        }
    }

    /** The stream is below the last one: it goes on, the next call goes elsewhere. */
    private static void goAwayMidStream(SocketBench bench, SocketCall call) throws InterruptedException {
        bench.answers(exchange -> exchange.sendHead(bench.wire().head(exchange.stream()))
                        .send(goAway(exchange.stream(), NO_ERROR))
                        .send(bench.wire().rest(exchange.stream())))
                .call(call)
                .succeedsAfter(1)
                .requests(1);
        bench.answers(bench.wire().ok()).call(call).succeedsAfter(1);
        assertThat(bench.server().connections()).as("connections").isEqualTo(2);
    }

    /** Nobody knows what became of it. */
    private static void goAwayThenEnd(SocketBench bench) throws InterruptedException {
        once(
                bench,
                exchange -> exchange.send(goAway(exchange.stream(), NO_ERROR)).close());
    }

    private static void resetBeforeTheHead(SocketBench bench) throws InterruptedException {
        once(bench, exchange -> exchange.send(resetStream(exchange.stream(), INTERNAL_ERROR)));
    }

    private static void endOfAReusedConnection(SocketBench bench) throws InterruptedException {
        bench.call(GET).succeedsAfter(1);
        once(bench, exchange -> exchange.close());
    }

    private static void unavailable(SocketBench bench) throws InterruptedException {
        WireScript unavailable = exchange -> exchange.send(bench.wire().unavailable(exchange.stream()));
        bench.answers(unavailable, bench.wire().ok()).call(GET).succeedsAfter(2);
        assertThat(bench.answers(unavailable, bench.wire().ok())
                        .call(POST)
                        .booked()
                        .attempts())
                .hasSize(1);
    }

    private static void once(SocketBench bench, WireScript script) throws InterruptedException {
        for (SocketCall call : List.of(GET, POST)) {
            bench.answers(script, bench.wire().ok())
                    .call(call)
                    .repeatsOnlyIfAllowed()
                    .requests(call.idempotent() ? 2 : 1);
        }
    }

    private static void resetAfterTheHead(SocketBench bench) throws InterruptedException {
        for (SocketCall call : List.of(GET, POST)) {
            bench.answers(
                            exchange -> exchange.send(bench.wire().head(exchange.stream()))
                                    .send(resetStream(exchange.stream(), INTERNAL_ERROR)),
                            bench.wire().ok())
                    .call(call)
                    .breaks()
                    .requests(1);
        }
    }

    private static void earlyHints(SocketBench bench) throws InterruptedException {
        WireScript hints = exchange -> {
            exchange.send(headers(exchange.stream(), false, ":status", "103", "link", "</style.css>"));
            bench.wire().ok().answer(exchange);
        };
        bench.answers(hints).call(GET).succeedsAfter(1);
        bench.answers(hints).call(POST).succeedsAfter(1);
    }
}
