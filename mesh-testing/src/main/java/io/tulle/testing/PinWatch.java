package io.tulle.testing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;

/**
 * Records from its creation on how often a virtual thread kept its carrier while it waited ({@code jdk.VirtualThreadPinned}, however short), and how many virtual
 * threads there were. {@link #close} writes both to the {@link ProofLog}.
 */
public final class PinWatch implements AutoCloseable {
    private static final String PINNED = "jdk.VirtualThreadPinned";
    private static final String STARTED = "jdk.VirtualThreadStart";
    private static final int FRAMES = 8;

    private final Recording recording = new Recording();

    /** Starts to record. */
    public PinWatch() {
        recording.enable(PINNED).withoutThreshold().withStackTrace();
        recording.enable(STARTED).withoutStackTrace();
        recording.start();
    }

    /** Stops, and returns what was pinned: how long and where, one line each. */
    public Pinned stop() throws IOException {
        recording.stop();
        Path file = Files.createTempFile("tulle-pinned", ".jfr");
        try {
            recording.dump(file);
            List<RecordedEvent> events = RecordingFile.readAllEvents(file);
            return new Pinned(
                    events.stream().filter(event -> named(event, STARTED)).count(),
                    places(events, false),
                    places(events, true));
        } finally {
            recording.close();
            Files.delete(file);
        }
    }

    /** Stops, and writes a row for all of it and one for each time. */
    @Override
    public void close() throws IOException {
        Pinned pinned = stop();
        String folder = String.valueOf(Path.of("").toAbsolutePath().getFileName());
        ProofLog.row(
                "virtual",
                folder,
                "",
                Long.toString(pinned.threads()),
                Integer.toString(pinned.places().size()));
        pinned.places().forEach(place -> ProofLog.row("pinned", folder, "", place));
        pinned.own().forEach(place -> ProofLog.row("pinned", folder, "", "(the JDK's own poller) " + place));
    }

    private static List<String> places(List<RecordedEvent> events, boolean own) {
        return events.stream()
                .filter(event -> named(event, PINNED) && own(event) == own)
                .map(PinWatch::line)
                .toList();
    }

    /** Whether it was a virtual thread of the JDK's own, which polls sockets for the others: nobody else is on its stack. */
    private static boolean own(RecordedEvent event) {
        return event.getStackTrace() != null
                && event.getStackTrace().getFrames().stream()
                        .anyMatch(frame -> frame.getMethod().getType().getName().startsWith("sun.nio.ch.Poller")
                                && frame.getMethod().getName().equals("subPollerLoop"));
    }

    private static boolean named(RecordedEvent event, String name) {
        return event.getEventType().getName().equals(name);
    }

    private static String line(RecordedEvent event) {
        String where = event.getStackTrace() == null
                ? "no stack"
                : event.getStackTrace().getFrames().stream()
                        .limit(FRAMES)
                        .map(frame -> frame.getMethod().getType().getName() + "."
                                + frame.getMethod().getName())
                        .collect(Collectors.joining(" < "));
        return event.getDuration().toNanos() / 1000 + " us: " + where;
    }

    /**
     * What was seen.
     *
     * @param threads virtual threads that were started
     * @param places how long and where each was pinned that was
     * @param own the same of the threads by which the JDK polls sockets
     */
    public record Pinned(long threads, List<String> places, List<String> own) {
        /** Copies. */
        public Pinned {
            places = List.copyOf(places);
            own = List.copyOf(own);
        }
    }
}
