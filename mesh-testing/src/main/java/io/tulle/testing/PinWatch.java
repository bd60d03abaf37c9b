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
        pinned.loading().forEach(place -> ProofLog.row("loading", folder, "", place));
    }

    private static List<String> places(List<RecordedEvent> events, boolean loading) {
        return events.stream()
                .filter(event -> named(event, PINNED) && loading(event) == loading)
                .map(PinWatch::line)
                .toList();
    }

    /**
     * Whether it waited for a class that another thread was loading, linking or initialising, which happens once per class. A monitor alone pins nobody (JEP
     * 491): who is pinned while entering one has the virtual machine on its stack, at work on a class.
     */
    private static boolean loading(RecordedEvent event) {
        return field(event, "pinnedReason").startsWith("Waited for initialization of")
                || field(event, "blockingOperation").equals("Contended monitor enter");
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
        return event.getDuration().toNanos() / 1000 + " us, " + field(event, "blockingOperation") + ", "
                + field(event, "pinnedReason") + ": " + where;
    }

    private static String field(RecordedEvent event, String name) {
        return event.hasField(name) ? String.valueOf(event.<Object>getValue(name)) : "";
    }

    /**
     * What was seen.
     *
     * @param threads virtual threads that were started
     * @param places how long and where each was pinned that was
     * @param loading the same of those that waited for a class to be loaded, linked or initialised
     */
    public record Pinned(long threads, List<String> places, List<String> loading) {
        /** Copies. */
        public Pinned {
            places = List.copyOf(places);
            loading = List.copyOf(loading);
        }
    }
}
