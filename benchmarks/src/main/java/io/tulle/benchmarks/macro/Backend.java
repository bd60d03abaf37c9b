package io.tulle.benchmarks.macro;

import java.nio.file.Path;
import javax.net.ServerSocketFactory;

/** The process of one backend: answers by HTTP/1.1, by HTTP/1.1 with mutual TLS where there are certificates, and by gRPC. */
public final class Backend {
    private Backend() {}

    /** Runs until the standard input ends: {@code arguments} are its number and the run's folder. Says its ports, 0 for one that it has not. */
    public static void main(String[] arguments) throws Exception {
        byte[] answer = Answer.of(Integer.parseInt(arguments[0]));
        Path folder = Path.of(arguments[1]);
        int http = HttpAnswers.start(ServerSocketFactory.getDefault(), answer);
        int https = Certificates.in(folder) ? HttpAnswers.start(Certificates.serverSockets(folder), answer) : 0;
        int grpc = GrpcAnswers.start(answer);
        System.out.println(Child.READY + " " + http + " " + https + " " + grpc);
        Child.awaitEnd();
    }
}
