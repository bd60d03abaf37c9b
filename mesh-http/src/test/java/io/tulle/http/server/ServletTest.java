package io.tulle.http.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tulle.api.context.CallContext;
import io.tulle.testing.Shop;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.EnumSet;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What only a Servlet container does. */
class ServletTest {
    private final OkHttpClient client = new OkHttpClient();
    private final Queue<String> heard = new ConcurrentLinkedQueue<>();

    @FunctionalInterface
    private interface Handling {
        void handle(HttpServletRequest request, HttpServletResponse response) throws IOException, ServletException;
    }

    private static HttpServlet servlet(Handling handling) {
        return new HttpServlet() {
            @Override
            protected void service(HttpServletRequest request, HttpServletResponse response)
                    throws ServletException, IOException {
                handling.handle(request, response);
            }
        };
    }

    @AfterEach
    void closeConnections() {
        client.dispatcher().executorService().shutdown();
        client.connectionPool().evictAll();
    }

    private Response get(JettyServer server, String... header) throws IOException {
        Request.Builder request = new Request.Builder().url(server.url("/books/7?page=2"));
        if (header.length > 0) {
            request.header(header[0], header[1]);
        }
        return client.newCall(request.build()).execute();
    }

    private static void awaitEnds(Shop shop, String... lines) {
        await().untilAsserted(() -> assertThat(shop.ends()).containsExactly(lines));
        assertThat(shop.inFlight()).isZero();
    }

    @Test
    void anErrorThatIsSentSparesRetries() throws Exception {
        try (Shop shop = new Shop(null);
                JettyServer server = new JettyServer(shop.mesh(), servlet((request, response) -> {
                    CallContext.current().spendRetries();
                    if (request.getQueryString().endsWith("2")) {
                        response.sendError(503, "later");
                    }
                }));
                Response response = get(server)) {
            assertThat(response.code()).isEqualTo(503);
            assertThat(response.header("x-mesh-retry")).isEqualTo("never");
            awaitEnds(shop, "requestEnded FAILED_RESPONSE 503");
        }
    }

    @Test
    void aHandlerThatThrowsSparesRetriesWhereTheContainerKeepsTheHeader() throws Exception {
        try (Shop shop = new Shop(null);
                JettyServer server = new JettyServer(shop.mesh(), servlet((request, response) -> {
                    CallContext.current().spendRetries();
                    throw new ServletException("on purpose");
                }));
                Response response = get(server)) {
            assertThat(response.code()).isEqualTo(500);
            assertThat(response.header("x-mesh-retry")).isEqualTo("never");
            awaitEnds(shop, "requestEnded FAILED 500");
        }
    }

    @Test
    void aStatusSetBeforeTheCallThatFailsSparesRetriesToo() throws Exception {
        try (Shop shop = new Shop(null);
                JettyServer server = new JettyServer(shop.mesh(), servlet((request, response) -> {
                    response.setStatus(502);
                    CallContext.current().spendRetries();
                    response.getWriter().write("x".repeat(1 << 20));
                }));
                Response response = get(server)) {
            assertThat(response.header("x-mesh-retry")).isEqualTo("never");
            assertThat(response.body().string()).hasSize(1 << 20);
        }
    }

    @Test
    void aStatusWithoutABodySparesRetriesToo() throws Exception {
        try (Shop shop = new Shop(null);
                JettyServer server = new JettyServer(shop.mesh(), servlet((request, response) -> {
                    response.setStatus(502);
                    CallContext.current().spendRetries();
                    if (request.getQueryString().endsWith("2")) {
                        response.flushBuffer();
                    }
                }));
                Response response = get(server)) {
            assertThat(response.header("x-mesh-retry")).isEqualTo("never");
        }
    }

    @Test
    void aRequestThatIsDispatchedAgainIsTheSameRequest() throws Exception {
        try (Shop shop = new Shop(1);
                JettyServer server = new JettyServer(shop.mesh(), servlet((request, response) -> {
                    heard.add(request.getDispatcherType() + " "
                            + CallContext.current().attempt());
                    if (request.getDispatcherType() == DispatcherType.REQUEST) {
                        AsyncContext async = request.startAsync();
                        new Thread(async::dispatch).start();
                    } else {
                        response.setStatus(202);
                    }
                }));
                Response response = get(server, "x-mesh-attempt", "3")) {
            assertThat(response.code()).isEqualTo(202);
            assertThat(heard).containsExactly("REQUEST 3", "ASYNC 3");
            awaitEnds(shop, "requestEnded SUCCESS 202");
        }
    }

    @Test
    void aRequestThatStartsAgainAfterADispatchEndsOnce() throws Exception {
        for (EnumSet<DispatcherType> dispatches :
                List.of(EnumSet.of(DispatcherType.REQUEST), EnumSet.of(DispatcherType.REQUEST, DispatcherType.ASYNC))) {
            try (Shop shop = new Shop(1);
                    JettyServer server = new JettyServer(
                            shop.mesh(),
                            servlet((request, response) -> {
                                AsyncContext async = request.startAsync();
                                boolean first = request.getDispatcherType() == DispatcherType.REQUEST;
                                new Thread(first ? async::dispatch : async::complete).start();
                            }),
                            dispatches);
                    Response response = get(server)) {
                assertThat(response.code()).isEqualTo(200);
                awaitEnds(shop, "requestEnded SUCCESS 200");
            }
        }
    }

    @Test
    void aRequestThatWasUnwrappedIsFollowedAllTheSame() throws Exception {
        try (Shop shop = new Shop(null);
                JettyServer server = new JettyServer(shop.mesh(), servlet((request, response) -> {
                    AsyncContext async =
                            ((HttpServletRequestWrapper) request).getRequest().startAsync();
                    Thread answering = new Thread(() -> {
                        await().until(() -> !heard.isEmpty());
                        async.complete();
                    });
                    answering.start();
                }))) {
            Thread asking = new Thread(() -> {
                try {
                    get(server).close();
                } catch (IOException e) {
                    throw new IllegalStateException(e);
                }
            });
            asking.start();
            await().until(() -> shop.inFlight() == 1);
            assertThat(shop.ends()).isEmpty();
            heard.add("answer");
            asking.join(10_000);
            awaitEnds(shop, "requestEnded SUCCESS 200");
        }
    }

    @Test
    void aRequestThatIsNeverAnsweredEndsWhenTheContainerGivesItUp() throws Exception {
        try (Shop shop = new Shop(1);
                JettyServer server = new JettyServer(
                        shop.mesh(),
                        servlet((request, response) -> request.startAsync().setTimeout(50)));
                Response response = get(server)) {
            assertThat(response.code()).isEqualTo(500);
            awaitEnds(shop, "requestEnded FAILED 500");
        }
    }

    @Test
    void aThrownErrorOfAnAsynchronousHandlerEndsTheRequest() throws Exception {
        try (Shop shop = new Shop(1);
                JettyServer server = new JettyServer(shop.mesh(), servlet((request, response) -> {
                    request.startAsync();
                    throw new ServletException("on purpose");
                }));
                Response response = get(server)) {
            assertThat(response.code()).isEqualTo(500);
            awaitEnds(shop, "requestEnded FAILED 500");
        }
    }

    @Test
    void whatIsForwardedIsAdmittedOnce() throws Exception {
        try (Shop shop = new Shop(1);
                JettyServer server = new JettyServer(
                        shop.mesh(),
                        servlet((request, response) -> {
                            heard.add(request.getDispatcherType() + " "
                                    + CallContext.current().attempt());
                            if (request.getDispatcherType() == DispatcherType.REQUEST) {
                                request.getRequestDispatcher("/other").forward(request, response);
                            }
                        }),
                        EnumSet.allOf(DispatcherType.class));
                Response response = get(server, "x-mesh-attempt", "2")) {
            assertThat(response.code()).isEqualTo(200);
            assertThat(heard).containsExactly("REQUEST 2", "FORWARD 2");
            awaitEnds(shop, "requestEnded SUCCESS 200");
        }
    }
}
