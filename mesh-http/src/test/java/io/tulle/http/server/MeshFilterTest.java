package io.tulle.http.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tulle.api.context.CallContext;
import io.tulle.http.server.ServerKind.Running;
import io.tulle.testing.Shop;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import okhttp3.Call;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What both filters do. */
class MeshFilterTest {
    private static final byte[] BODY = {1, 2, 3};
    private static final String PARENT = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";

    private final OkHttpClient client =
            new OkHttpClient.Builder().retryOnConnectionFailure(false).build();
    private final AtomicReference<CallContext> seen = new AtomicReference<>(CallContext.NONE);

    @AfterEach
    void closeConnections() {
        client.dispatcher().executorService().shutdown();
        client.connectionPool().evictAll();
    }

    private Call get(Running server, String... headers) {
        Request.Builder request = new Request.Builder().url(server.url());
        for (int i = 0; i < headers.length; i += 2) {
            request.addHeader(headers[i], headers[i + 1]);
        }
        return client.newCall(request.build());
    }

    private static void awaitIdle(Shop shop) {
        await().until(() -> shop.inFlight() == 0);
    }

    @ParameterizedTest
    @EnumSource
    void theHandlerRunsInTheContextOfTheRequest(ServerKind kind) throws Exception {
        try (Shop shop = new Shop(null);
                Running server = kind.start(shop.mesh(), request -> {
                    seen.set(CallContext.current());
                    request.answer(200, BODY);
                })) {
            long before = shop.mesh().runtime().ticker().nanos();
            try (Response response = get(
                            server,
                            "x-mesh-timeout-ms",
                            "5000",
                            "x-mesh-attempt",
                            "2",
                            "traceparent",
                            PARENT,
                            "tracestate",
                            "a=1",
                            "tracestate",
                            "b=2",
                            "baggage",
                            "user=7")
                    .execute()) {
                assertThat(response.code()).isEqualTo(200);
                assertThat(response.body().bytes()).isEqualTo(BODY);
            }
            CallContext context = seen.get();
            assertThat(context.deadlineNanos() - before)
                    .isBetween(TimeUnit.SECONDS.toNanos(5), TimeUnit.SECONDS.toNanos(15));
            assertThat(context.attempt()).isEqualTo(2);
            assertThat(context.traceparent()).isEqualTo(PARENT);
            assertThat(context.tracestate()).isEqualTo("a=1,b=2");
            assertThat(context.baggage()).isEqualTo("user=7");
            awaitIdle(shop);
            assertThat(shop.heard().lines("request"))
                    .containsExactly("requestStarted GET /books/7", "requestEnded SUCCESS 200");
        }
    }

    @ParameterizedTest
    @EnumSource
    void nobodyIsServedWhoNoLongerWaits(ServerKind kind) throws Exception {
        try (Shop shop = new Shop(null);
                Running server = kind.start(shop.mesh(), request -> request.answer(200, BODY));
                Response response = get(server, "x-mesh-timeout-ms", "0").execute()) {
            assertThat(response.code()).isEqualTo(504);
            assertThat(response.header("x-mesh-refused")).isEqualTo("expired");
            assertThat(response.header("x-mesh-retry")).isNull();
            assertThat(response.header("content-type")).isEqualTo("application/problem+json");
            assertThat(response.body().string())
                    .isEqualTo(
                            "{\"type\":\"about:blank\",\"title\":\"Gateway Timeout\",\"status\":504,\"code\":\"expired\",\"detail\":"
                                    + "\"default/shop: the deadline of the caller had passed when the request was looked at\"}");
            await().until(() -> shop.ends().equals(List.of("requestEnded DEADLINE_EXCEEDED 504")));
        }
    }

    /** The JDK's server warns of a HEAD that is answered with a length. */
    @ParameterizedTest
    @EnumSource
    void aHeadIsRefusedWithoutABody(ServerKind kind) throws Exception {
        List<String> warnings = new CopyOnWriteArrayList<>();
        Logger logger = Logger.getLogger("com.sun.net.httpserver");
        Handler handler = new Handler() {
            @Override
            public void publish(LogRecord line) {
                warnings.add(line.getMessage());
            }

            @Override
            public void flush() {}

            @Override
            public void close() {}
        };
        logger.addHandler(handler);
        try (Shop shop = new Shop(null);
                Running server = kind.start(shop.mesh(), request -> request.answer(200, BODY))) {
            Request head = get(server, "x-mesh-timeout-ms", "0")
                    .request()
                    .newBuilder()
                    .head()
                    .build();
            try (Response response = client.newCall(head).execute()) {
                assertThat(response.code()).isEqualTo(504);
                assertThat(response.header("x-mesh-refused")).isEqualTo("expired");
            }
            await().until(() -> shop.ends().equals(List.of("requestEnded DEADLINE_EXCEEDED 504")));
            assertThat(warnings).isEmpty();
        } finally {
            logger.removeHandler(handler);
        }
    }

    @ParameterizedTest
    @EnumSource
    void moreThanThePolicyAllowsIsRefusedUntilAPlaceIsFree(ServerKind kind) throws Exception {
        CountDownLatch goOn = new CountDownLatch(1);
        try (Shop shop = new Shop(1);
                Running server = kind.start(shop.mesh(), request -> {
                    Awaitility.await().until(() -> goOn.getCount() == 0);
                    request.answer(200, BODY);
                })) {
            BlockingQueue<Integer> first = new LinkedBlockingQueue<>();
            get(server).enqueue(new StatusCallback(first));
            await().until(() -> shop.inFlight() == 1);
            try (Response response = get(server).execute()) {
                assertThat(response.code()).isEqualTo(503);
                assertThat(response.header("x-mesh-refused")).isEqualTo("overloaded");
                assertThat(response.body().string()).contains("\"code\":\"overloaded\"", "inbound.maxInFlight");
            }
            goOn.countDown();
            assertThat(first.poll(10, TimeUnit.SECONDS)).isEqualTo(200);
            awaitIdle(shop);
            try (Response response = get(server).execute()) {
                assertThat(response.code()).isEqualTo(200);
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void anAnswerThatIsGivenLaterKeepsItsPlaceUntilThen(ServerKind kind) throws Exception {
        BlockingQueue<ServerKind.Later> later = new LinkedBlockingQueue<>();
        try (Shop shop = new Shop(null);
                Running server = kind.start(shop.mesh(), request -> later.add(request.later()))) {
            BlockingQueue<Integer> statuses = new LinkedBlockingQueue<>();
            get(server).enqueue(new StatusCallback(statuses));
            ServerKind.Later answer = later.poll(10, TimeUnit.SECONDS);
            assertThat(shop.inFlight()).isEqualTo(1);
            assertThat(shop.ends()).isEmpty();
            assertThat(answer).isNotNull();
            answer.answer(200, BODY);
            assertThat(statuses.poll(10, TimeUnit.SECONDS)).isEqualTo(200);
            awaitIdle(shop);
            assertThat(shop.ends()).containsExactly("requestEnded SUCCESS 200");
        }
    }

    @ParameterizedTest
    @EnumSource
    void aFailureAfterRetriesBelowSparesRetriesAbove(ServerKind kind) throws Exception {
        try (Shop shop = new Shop(null);
                Running server = kind.start(shop.mesh(), request -> {
                    CallContext.current().spendRetries();
                    request.answer(502, new byte[1 << 20]); // far beyond what is held back
                });
                Response response = get(server).execute()) {
            assertThat(response.code()).isEqualTo(502);
            assertThat(response.header("x-mesh-retry")).isEqualTo("never");
            assertThat(response.header("x-mesh-refused")).isNull();
            assertThat(response.body().bytes()).hasSize(1 << 20);
            await().until(() -> shop.ends().equals(List.of("requestEnded FAILED_RESPONSE 502")));
        }
    }

    @ParameterizedTest
    @EnumSource
    void aFailureThatIsGivenLaterSparesRetriesToo(ServerKind kind) throws Exception {
        try (Shop shop = new Shop(null);
                Running server = kind.start(shop.mesh(), request -> {
                    CallContext context = CallContext.current();
                    ServerKind.Later later = request.later();
                    Thread thread = new Thread(() -> {
                        context.spendRetries();
                        try {
                            later.answer(503, BODY);
                        } catch (IOException e) {
                            throw new IllegalStateException(e);
                        }
                    });
                    thread.start();
                });
                Response response = get(server).execute()) {
            assertThat(response.code()).isEqualTo(503);
            assertThat(response.header("x-mesh-retry")).isEqualTo("never");
        }
    }

    @ParameterizedTest
    @EnumSource
    void retriesThatHelpedAreNotTold(ServerKind kind) throws Exception {
        try (Shop shop = new Shop(null);
                Running server = kind.start(shop.mesh(), request -> {
                    CallContext.current().spendRetries();
                    request.answer(200, BODY);
                });
                Response response = get(server).execute()) {
            assertThat(response.header("x-mesh-retry")).isNull();
        }
        try (Shop shop = new Shop(null);
                Running server = kind.start(shop.mesh(), request -> request.answer(503, BODY));
                Response response = get(server).execute()) {
            assertThat(response.code()).isEqualTo(503);
            assertThat(response.header("x-mesh-retry")).isNull();
        }
    }

    @ParameterizedTest
    @EnumSource
    void aHandlerThatThrowsGivesItsPlaceBack(ServerKind kind) throws Exception {
        try (Shop shop = new Shop(1);
                Running server = kind.start(shop.mesh(), request -> {
                    throw new IOException("on purpose");
                })) {
            for (int i = 0; i < 3; i++) {
                BlockingQueue<Integer> statuses = new LinkedBlockingQueue<>();
                get(server).enqueue(new StatusCallback(statuses));
                assertThat(statuses.poll(10, TimeUnit.SECONDS))
                        .isIn(500, StatusCallback.FAILED); // the JDK's server says nothing
                awaitIdle(shop);
            }
            assertThat(shop.ends()).hasSize(3).allMatch(line -> line.startsWith("requestEnded FAILED "));
        }
    }

    @ParameterizedTest
    @EnumSource
    void theThreadForgetsTheContext(ServerKind kind) throws Exception {
        BlockingQueue<String> after = new LinkedBlockingQueue<>();
        try (Shop shop = new Shop(null);
                Running server = kind.start(shop.mesh(), request -> {
                    after.add(CallContext.current().attempt() + " on "
                            + Thread.currentThread().getId());
                    request.answer(200, BODY);
                })) {
            for (int i = 0; i < 8; i++) {
                get(server, "x-mesh-attempt", "7").execute().close();
                get(server).execute().close();
            }
            assertThat(after.stream().map(line -> line.substring(0, 1)))
                    .hasSize(16)
                    .containsOnly("7", "1");
            assertThat(after.stream().filter(line -> line.startsWith("7"))).hasSize(8);
        }
    }
}
