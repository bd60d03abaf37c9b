package io.tulle.grpc;

import static org.assertj.core.api.Assertions.assertThat;

import io.grpc.CallOptions;
import io.grpc.ConnectivityState;
import io.grpc.Status;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.netty.shaded.io.netty.channel.ChannelOption;
import io.grpc.netty.shaded.io.netty.channel.EventLoopGroup;
import io.grpc.netty.shaded.io.netty.channel.nio.NioEventLoopGroup;
import io.grpc.netty.shaded.io.netty.channel.socket.nio.NioSocketChannel;
import io.tulle.api.resource.Route;
import io.tulle.testing.wire.Http2;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A call whose headers wait behind another's messages in a connection that nobody reads, until the server gives that up with an error. grpc-java ends both streams alike,
 * by the code that stands for the error; but of the one nothing was ever written.
 */
@Timeout(60)
class FullConnectionTest {
    private static final int INTERNAL_ERROR = 2;
    private static final int ENHANCE_YOUR_CALM = 11;
    private static final byte[] WINDOW = {0x7f, (byte) 0xff, 0, 0};
    private static final byte[] STREAM_WINDOW = {0, 4, 0x7f, (byte) 0xff, (byte) 0xff, (byte) 0xff};
    private static final int SETTINGS = 4;
    private static final int WINDOW_UPDATE = 8;
    private static final int SMALL = 4096; // sockets: kernels make it some kilobytes more
    private static final String LARGE = "x".repeat(1 << 20);
    private static final int BEFORE_MESSAGES = 1000; // bytes, at most

    private final Rig rig = new Rig();

    @SuppressWarnings("deprecation") // what follows it is not in the oldest version
    private final EventLoopGroup loop = new NioEventLoopGroup(1);

    private ServerSocket deaf;

    @BeforeEach
    void listen() throws IOException {
        deaf = new ServerSocket();
        deaf.setReceiveBufferSize(SMALL);
        deaf.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        rig.list("deaf", "127.0.0.1", deaf.getLocalPort());
    }

    @AfterEach
    void close() throws IOException {
        rig.close();
        deaf.close();
        assertThat(loop.shutdownGracefully(0, 1, TimeUnit.SECONDS).awaitUninterruptibly(20, TimeUnit.SECONDS))
                .isTrue();
    }

    @ParameterizedTest
    @ValueSource(ints = {INTERNAL_ERROR, ENHANCE_YOUR_CALM})
    void itGoesToTheNextConnection(int error) throws IOException {
        Status status = late(error);
        assertThat(status.isOk()).as("%s", status).isTrue();
        assertThat(rig.attempts).anySatisfy(attempt -> assertThat(attempt).contains("error=CONNECT", "processed=NO"));
    }

    @Test
    void withoutAnotherAttemptItIsUnavailableAsOfAnyLostConnection() throws IOException {
        rig.route(Route.Rule.builder()
                .retry(Route.Retry.builder().attempts(1).build())
                .build());
        Status status = late(ENHANCE_YOUR_CALM);
        assertThat(status.getCode()).isEqualTo(Status.Code.UNAVAILABLE);
        assertThat(status.getDescription()).contains("ENHANCE_YOUR_CALM");
    }

    private Status late(int error) throws IOException {
        rig.channel(NettyChannelBuilder.forTarget("mesh:///ratings")
                .setNameResolverArg(MeshResolverProvider.MESH, rig.mesh)
                .withOption(ChannelOption.SO_SNDBUF, SMALL)
                .channelType(NioSocketChannel.class)
                .eventLoopGroup(loop)
                .usePlaintext());
        rig.shared().getState(true);
        try (Socket connection = deaf.accept()) {
            ByteArrayOutputStream windows = new ByteArrayOutputStream();
            windows.writeBytes(Http2.frame(SETTINGS, 0, 0, STREAM_WINDOW));
            windows.writeBytes(Http2.frame(WINDOW_UPDATE, 0, 0, WINDOW));
            OutputStream out = connection.getOutputStream();
            out.write(windows.toByteArray()); // at once: from READY on, nothing but the sockets limits what is written
            Awaitility.await().until(() -> rig.shared().getState(false) == ConnectivityState.READY);

            Conversation upload =
                    rig.open(Rig.UPLOAD, CallOptions.DEFAULT).say(LARGE).say(LARGE);
            InputStream unread = connection.getInputStream();
            Awaitility.await().until(() -> unread.available() > BEFORE_MESSAGES);
            Conversation late = rig.open(Rig.PUT, CallOptions.DEFAULT).say("q").over();
            assertThat(loop.submit(() -> {}).awaitUninterruptibly(20, TimeUnit.SECONDS))
                    .isTrue(); // the connection has the stream now
            rig.server("good");
            out.write(Http2.goAway(1, error));

            assertThat(upload.awaitEnd().isOk()).isFalse();
            return late.awaitEnd();
        }
    }
}
