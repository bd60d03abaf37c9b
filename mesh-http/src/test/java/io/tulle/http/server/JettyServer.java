package io.tulle.http.server;

import io.tulle.client.Mesh;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.http.HttpServlet;
import java.util.EnumSet;
import org.eclipse.jetty.ee10.servlet.FilterHolder;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.ee10.servlet.ServletHolder;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.component.LifeCycle;

/** Jetty with a {@link MeshFilter} before one servlet. */
final class JettyServer implements AutoCloseable {
    private final Server server = new Server();
    private final ServerConnector connector = new ServerConnector(server, 1, 1);

    JettyServer(Mesh mesh, HttpServlet servlet) throws Exception {
        this(mesh, servlet, EnumSet.of(DispatcherType.REQUEST, DispatcherType.ASYNC));
    }

    JettyServer(Mesh mesh, HttpServlet servlet, EnumSet<DispatcherType> dispatches) throws Exception {
        connector.setHost("127.0.0.1");
        server.addConnector(connector);
        ServletContextHandler context = new ServletContextHandler();
        FilterHolder filter = new FilterHolder(new MeshFilter(mesh));
        filter.setAsyncSupported(true);
        context.addFilter(filter, "/*", dispatches);
        ServletHolder holder = new ServletHolder(servlet);
        holder.setAsyncSupported(true);
        context.addServlet(holder, "/*");
        server.setHandler(context);
        server.start();
    }

    String url(String path) {
        return "http://127.0.0.1:" + connector.getLocalPort() + path;
    }

    @Override
    public void close() {
        LifeCycle.stop(server);
    }
}
