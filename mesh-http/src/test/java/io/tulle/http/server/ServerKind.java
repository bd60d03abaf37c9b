package io.tulle.http.server;

import com.sun.net.httpserver.HttpContext;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.tulle.client.Mesh;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** The servers that a filter is tested in, with handlers that do not know which. */
enum ServerKind {
    JETTY {
        @Override
        Running start(Mesh mesh, Handler handler) throws Exception {
            JettyServer server = new JettyServer(mesh, new HttpServlet() {
                @Override
                protected void service(HttpServletRequest request, HttpServletResponse response)
                        throws ServletException, IOException {
                    handler.handle(new OfServlet(request, response));
                }
            });
            return new Running(server.url("/books/7"), server::close);
        }
    },
    JDK {
        @Override
        Running start(Mesh mesh, Handler handler) throws Exception {
            HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            ExecutorService threads = Executors.newCachedThreadPool();
            server.setExecutor(threads);
            HttpContext context = server.createContext("/", exchange -> handler.handle(new OfExchange(exchange)));
            context.getFilters().add(new MeshExchangeFilter(mesh));
            server.start();
            String url = "http://127.0.0.1:" + server.getAddress().getPort() + "/books/7";
            return new Running(url, () -> {
                server.stop(0);
                threads.shutdownNow();
            });
        }
    };

    abstract Running start(Mesh mesh, Handler handler) throws Exception;

    /** Handles a request in either server. */
    interface Handler {
        void handle(Served request) throws IOException;
    }

    /** A request in either server, and the ways to answer it. */
    interface Served {
        void answer(int status, byte[] body) throws IOException;

        /** Returns what answers from another thread. */
        Later later();
    }

    /** Answers later. */
    interface Later {
        void answer(int status, byte[] body) throws IOException;
    }

    /** A server that runs. */
    record Running(String url, Runnable stop) implements AutoCloseable {
        @Override
        public void close() {
            stop.run();
        }
    }

    private record OfServlet(HttpServletRequest request, HttpServletResponse response) implements Served {
        @Override
        public void answer(int status, byte[] body) throws IOException {
            response.setStatus(status);
            response.getOutputStream().write(body);
        }

        @Override
        public Later later() {
            AsyncContext async = request.startAsync();
            return (status, body) -> {
                HttpServletResponse answer = (HttpServletResponse) async.getResponse();
                answer.setStatus(status);
                answer.getOutputStream().write(body);
                async.complete();
            };
        }
    }

    private record OfExchange(HttpExchange exchange) implements Served {
        @Override
        public void answer(int status, byte[] body) throws IOException {
            try (exchange) {
                exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
                exchange.getResponseBody().write(body);
            }
        }

        @Override
        public Later later() {
            return this::answer;
        }
    }
}
