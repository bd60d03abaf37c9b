package io.tulle.testing.sockets;

import io.tulle.testing.wire.Http2;
import io.tulle.testing.wire.WireScript;
import io.tulle.testing.wire.WireServer.Speaks;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/** The races that drivers are run through. */
final class Races {
    private static final Set<Speaks> ANY = EnumSet.allOf(Speaks.class);
    private static final Duration DEADLINE = Duration.ofMillis(6);
    private static final Duration LEAD = Duration.ofMillis(3);

    private Races() {}

    static List<Race> all() {
        return List.of(
                of("cancelAgainstSuccess", ANY, Races::cancelAgainstSuccess),
                of("deadlineAgainstHead", ANY, Races::deadlineAgainstHead),
                of("closeAgainstRead", ANY, Races::closeAgainstRead),
                of("rePickAgainstCancel", EnumSet.of(Speaks.HTTP2), Races::rePickAgainstCancel),
                new Race(
                        "hedgesFinishingTogether",
                        ANY,
                        2,
                        SocketBench.hedged(Duration.ZERO),
                        Races::hedgesFinishingTogether,
                        sighting -> sighting.winner().equals(SocketBench.instance(1))));
    }

    private static Race of(String name, Set<Speaks> protocols, Race.Run run) {
        return new Race(name, protocols, 1, SocketBench.rule(Duration.ZERO), run, Sighting::complete);
    }

    /** Both attempts go out together, and one server answers a little later than the other, or earlier. */
    private static Sighting hedgesFinishingTogether(RaceTrack track, long delay) throws InterruptedException {
        SocketBench bench = track.bench();
        WireScript ok = bench.wire().ok();
        List<Duration> pauses = List.of(Duration.ofNanos(delay), LEAD);
        for (int i = 0; i < pauses.size(); i++) {
            Duration pause = pauses.get(i);
            bench.servers().get(i).answers(exchange -> ok.answer(exchange.pause(pause)));
        }
        SocketDriver.Running call = bench.start(SocketCall.GET);
        Sighting sighting = track.finish(call, CompletableFuture.completedFuture(null));
        sighting.hedged();
        return sighting;
    }

    private static Sighting cancelAgainstSuccess(RaceTrack track, long delay) throws InterruptedException {
        SocketDriver.Running call = track.bench().start(SocketCall.GET);
        return track.finish(call, track.rival(delay, call::cancel));
    }

    /** The server answers at about the instant of the deadline. */
    private static Sighting deadlineAgainstHead(RaceTrack track, long delay) throws InterruptedException {
        Duration early = Duration.ofNanos(Math.max(0, DEADLINE.toNanos() - delay));
        WireScript ok = track.bench().wire().ok();
        track.bench().answers(exchange -> ok.answer(exchange.pause(early)));
        SocketDriver.Running call = track.bench().start(SocketCall.GET.within(DEADLINE));
        return track.finish(call, CompletableFuture.completedFuture(null));
    }

    /** The response is closed by one thread while another reads it. */
    private static Sighting closeAgainstRead(RaceTrack track, long delay) throws InterruptedException {
        Wire wire = track.bench().wire();
        track.bench().answers(exchange -> wire.large(exchange, Duration.ofNanos(delay / 2)));
        SocketDriver.Running call = track.bench().start(SocketCall.GET);
        if (!call.awaitHead()) {
            throw new AssertionError("no response: " + call.awaitEnd());
        }
        return track.finish(call, track.rival(delay, call::close));
    }

    /** The server refuses the stream, so that it is sent again, and the call is cancelled at about that time. */
    private static Sighting rePickAgainstCancel(RaceTrack track, long delay) throws InterruptedException {
        track.bench()
                .answers(
                        exchange -> exchange.send(Http2.resetStream(exchange.stream(), Http2.REFUSED_STREAM)),
                        track.bench().wire().ok());
        return cancelAgainstSuccess(track, delay);
    }
}
