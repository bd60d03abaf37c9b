package io.tulle.client.observe;

import static org.assertj.core.api.Assertions.assertThat;

import io.tulle.api.call.Stage;
import io.tulle.api.call.Verdict;
import io.tulle.api.resource.Protocol;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.core.JsonParser;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

class AccessLogListenerTest {
    private final FakeLogger log = new FakeLogger();
    private final AccessLogListener listener = new AccessLogListener(log);
    private final FakeCall call = new FakeCall();

    static String[] paths() {
        return new String[] {
            "/a\r\nINFO forged",
            "/\u001B[31mred",
            "/\"quote\\",
            "/{}",
            "/\u0000\u007F\u0085\u2028\u2029\u202E\uFEFF",
            "/" + (char) 0xD83D,
            "/" + (char) 0xDE00 + "x",
            "/x" + (char) 0xD83D + "/",
            "/😀日本",
            "/\t"
        };
    }

    @Test
    void writesOneLinePerCall() {
        listener.callEnded(call);
        assertThat(log.lines)
                .containsExactly(
                        "INFO {\"service\":\"shop/catalog\",\"subset\":\"v1\",\"rule\":\"books\",\"protocol\":\"http\",\"method\":\"GET\",\"path\":\"/books/7\","
                                + "\"status\":200,\"grpcStatus\":null,\"verdict\":\"success\",\"attempts\":2,\"durationMs\":1.234,\"endpoint\":\"c1:80\",\"panic\":false,\"rejectedBy\":null}");
    }

    @Test
    void aGrpcCallHasTheSameLineWithItsCode() {
        call.protocol = Protocol.GRPC;
        call.method = "POST";
        call.path = "/shop.Ratings/Get";
        call.status = 503;
        call.grpcStatus = 14;
        listener.callEnded(call);
        assertThat(log.lines.get(0))
                .contains("\"protocol\":\"grpc\",\"method\":\"POST\",\"path\":\"/shop.Ratings/Get\",\"status\":503,"
                        + "\"grpcStatus\":\"UNAVAILABLE\",");
    }

    @Test
    void writesNullForWhatIsNotThere() {
        call.endpoint = null;
        call.status = 0;
        call.verdict = Verdict.BREAKER_OPEN;
        call.rejectedBy = Stage.SERVICE_BREAKER;
        listener.callEnded(call);
        assertThat(log.lines.get(0))
                .contains(
                        "\"status\":null",
                        "\"verdict\":\"breaker_open\"",
                        "\"endpoint\":null",
                        "\"panic\":true",
                        "\"rejectedBy\":\"service_breaker\"");
        call.verdict = null;
        listener.callEnded(call);
        assertThat(log.lines.get(1)).contains("\"verdict\":null");
    }

    @ParameterizedTest
    @MethodSource("paths")
    void aPathStaysOneLineOfPlainTextAndReadsBack(String path) {
        call.path = path;
        listener.callEnded(call);
        String line = log.lines.get(0);
        assertThat(line.codePoints().filter(c -> !plain(c)).toArray()).isEmpty();
        assertThat(field(line.substring("INFO ".length()), "path")).isEqualTo(path);
    }

    @Test
    void aPathIsCutSomewhere() {
        call.path = "/" + "x".repeat(100_000);
        listener.callEnded(call);
        assertThat(log.lines.get(0)).hasSizeLessThan(2_400);
    }

    @Test
    void looksAtNothingWhileTheLoggerIsOff() {
        log.enabled = false;
        listener.callEnded(call);
        assertThat(log.lines).isEmpty();
        assertThat(call.reads).isZero();
    }

    private static boolean plain(int c) {
        return switch (Character.getType(c)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR -> false;
            default -> true;
        };
    }

    private static String field(String json, String name) {
        try (JsonParser parser = JsonFactory.builder().build().createParser(ObjectReadContext.empty(), json)) {
            while (parser.nextToken() != null) {
                if (name.equals(parser.currentName())) {
                    parser.nextToken();
                    return parser.getString();
                }
            }
        }
        throw new AssertionError(name + " is not in " + json);
    }
}
