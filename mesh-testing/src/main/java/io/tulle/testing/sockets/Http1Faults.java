package io.tulle.testing.sockets;

import static io.tulle.testing.sockets.SocketCall.GET;
import static io.tulle.testing.sockets.SocketCall.POST;
import static io.tulle.testing.wire.Http1.BODY;
import static io.tulle.testing.wire.Http1.OK;
import static io.tulle.testing.wire.Http1.bytes;
import static io.tulle.testing.wire.Http1.head;
import static org.assertj.core.api.Assertions.assertThat;

import io.tulle.api.call.MeshHeaders;
import io.tulle.api.call.Processed;
import io.tulle.api.call.TransportError;
import io.tulle.api.call.Verdict;
import io.tulle.testing.tck.Seen;
import io.tulle.testing.wire.WireScript;
import io.tulle.testing.wire.WireServer;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CopyOnWriteArrayList;

/** What an HTTP/1.1 server may do wrong, or unusually. */
final class Http1Faults {
    private static final String LENGTH = "Content-Length: ";

    private Http1Faults() {}

    static List<SocketScenario> all() {
        return List.of(
                new SocketScenario("resetAtEveryByte", WireServer.Speaks.HTTP1, EveryByte::reset),
                new SocketScenario("endAtEveryByte", WireServer.Speaks.HTTP1, EveryByte::end),
                new SocketScenario(
                        "dripOfAHeadPastTheAttemptTimeout",
                        WireServer.Speaks.HTTP1,
                        SlowFaults::headPastTheAttemptTimeout),
                of("endOfAReusedConnectionBeforeAnyByte", Http1Faults::endOfAReusedConnection),
                of("resetAfterTheHeadIsNotRetried", Http1Faults::resetAfterTheHead),
                of("lengthTooShort", Http1Faults::lengthTooShort),
                of("lengthTooLong", Http1Faults::lengthTooLong),
                of("brokenChunk", Http1Faults::brokenChunk),
                of("halfClosedAfterTheResponse", Http1Faults::halfClosed),
                of("earlyHints", bench -> interim(bench, "103 Early Hints")),
                of("continueUnasked", bench -> interim(bench, "100 Continue")),
                of("noContentWithABody", Http1Faults::noContentWithABody),
                of(
                        "garbageStatusLine",
                        bench -> protocolError(bench, exchange -> exchange.send(bytes("WHAT?\r\n\r\n")))),
                of("hugeHead", Http1Faults::hugeHead),
                of("unavailableIsRetried", Http1Faults::unavailable),
                of("anotherAttemptSaysItsNumber", Http1Faults::numbers));
    }

    private static SocketScenario of(String name, SocketScenario.Calls calls) {
        return SocketScenario.of(name, WireServer.Speaks.HTTP1, calls);
    }

    /** The server has given an idle connection up while the request was on its way. */
    private static void endOfAReusedConnection(SocketBench bench) throws InterruptedException {
        for (SocketCall call : List.of(GET, POST)) {
            bench.answers(OK).call(GET).succeedsAfter(1);
            Result result = bench.answers(exchange -> exchange.close(), OK)
                    .call(call)
                    .repeatsOnlyIfAllowed()
                    .first(Processed.MAYBE, TransportError.EOF);
            result.requests(call.idempotent() ? 2 : 1).firstOnAReusedConnection();
        }
    }

    private static void resetAfterTheHead(SocketBench bench) throws InterruptedException {
        for (SocketCall call : List.of(GET, POST)) {
            bench.answers(
                            exchange -> exchange.send(head("200 OK", LENGTH + BODY.length()))
                                    .reset(),
                            OK)
                    .call(call)
                    .breaks()
                    .first(Processed.YES, TransportError.RESET)
                    .requests(1);
        }
    }

    /** What is too much is taken for the next response: that call fails, or is repeated, and the connection is not used again. */
    private static void lengthTooShort(SocketBench bench) throws InterruptedException {
        WireScript longer = exchange -> exchange.send(head("200 OK", LENGTH + BODY.length()), bytes(BODY + " more"));
        for (SocketCall call : List.of(GET, POST)) {
            bench.answers(longer).call(GET).succeedsAfter(1);
            bench.answers(OK).call(call).repeatsOnlyIfAllowed().first(Processed.MAYBE, TransportError.PROTOCOL);
            bench.answers(OK).call(POST).succeedsAfter(1);
        }
    }

    private static void lengthTooLong(SocketBench bench) throws InterruptedException {
        bench.answers(
                        exchange -> exchange.send(head("200 OK", LENGTH + "1000"), bytes(BODY))
                                .close(),
                        OK)
                .call(GET)
                .breaks()
                .first(Processed.YES, TransportError.EOF)
                .requests(1);
    }

    private static void brokenChunk(SocketBench bench) throws InterruptedException {
        byte[] head = head("200 OK", "Transfer-Encoding: chunked");
        bench.answers(exchange -> exchange.send(head, bytes("6\r\n" + BODY + "\r\nxyz\r\n")), OK)
                .call(GET)
                .breaks()
                .first(Processed.YES, TransportError.PROTOCOL);
        bench.answers(exchange -> exchange.send(head, bytes("6\r\n" + BODY + "\r\n0\r\n\r\n")))
                .call(GET)
                .succeedsAfter(1);
    }

    /** A response without a length ends with the connection. */
    private static void halfClosed(SocketBench bench) throws InterruptedException {
        for (SocketCall call : List.of(GET, POST)) {
            bench.answers(exchange -> exchange.send(head("200 OK"), bytes(BODY)).halfClose())
                    .call(call)
                    .succeedsAfter(1);
        }
        bench.answers(exchange -> exchange.send(head("200 OK"), bytes(BODY)).reset())
                .call(GET)
                .breaks();
    }

    private static void interim(SocketBench bench, String status) throws InterruptedException {
        for (SocketCall call : List.of(GET, POST)) {
            bench.answers(exchange -> {
                        exchange.send(head(status, "Link: </style.css>; rel=preload"));
                        OK.answer(exchange);
                    })
                    .call(call)
                    .succeedsAfter(1);
            bench.answers(exchange -> exchange.send(head(status)).reset(), OK)
                    .call(call)
                    .repeatsOnlyIfAllowed()
                    .first(Processed.MAYBE, TransportError.RESET);
        }
    }

    private static void noContentWithABody(SocketBench bench) throws InterruptedException {
        protocolError(bench, exchange -> exchange.send(head("204 No Content", LENGTH + BODY.length()), bytes(BODY)));
    }

    private static void hugeHead(SocketBench bench) throws InterruptedException {
        String field = "X-Filler: " + "x".repeat(1000);
        byte[] large = head("200 OK", (field + "\r\n").repeat(99) + field, LENGTH + 0);
        bench.answers(exchange -> exchange.send(large)).call(GET).succeedsAfter(1);
        for (SocketCall call : List.of(GET, POST)) { // more than the client library takes
            byte[] larger = head("200 OK", (field + "\r\n").repeat(999) + field, LENGTH + 0);
            bench.answers(exchange -> exchange.send(larger).close(), OK)
                    .call(call)
                    .repeatsOnlyIfAllowed();
        }
    }

    /** The response that is not wanted has a body, and must be given back all the same. */
    private static void unavailable(SocketBench bench) throws InterruptedException {
        WireScript unavailable = exchange -> exchange.send(bench.wire().unavailable(0));
        bench.answers(unavailable, OK).call(GET).succeedsAfter(2).requests(2);
        bench.answers(unavailable, OK)
                .call(POST)
                .is(Seen.response(503, Seen.BodyEnd.COMPLETE), Verdict.FAILED_RESPONSE, 1)
                .requests(1);
    }

    private static void numbers(SocketBench bench) throws InterruptedException {
        List<String> heads = new CopyOnWriteArrayList<>();
        WireScript unavailable = exchange -> {
            heads.add(exchange.head().toLowerCase(Locale.ROOT));
            exchange.send(bench.wire().unavailable(0));
        };
        bench.answers(unavailable).call(GET).requests(3);
        assertThat(heads.get(0)).as("the first").doesNotContain(MeshHeaders.ATTEMPT);
        assertThat(heads.get(1)).as("the second").contains("\n" + MeshHeaders.ATTEMPT + ": 2");
        assertThat(heads.get(2)).as("the third").contains("\n" + MeshHeaders.ATTEMPT + ": 3");
    }

    private static void protocolError(SocketBench bench, WireScript script) throws InterruptedException {
        for (SocketCall call : List.of(GET, POST)) {
            bench.answers(script, OK).call(call).repeatsOnlyIfAllowed().first(Processed.MAYBE, TransportError.PROTOCOL);
        }
    }
}
