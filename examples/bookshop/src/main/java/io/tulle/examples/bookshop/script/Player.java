package io.tulle.examples.bookshop.script;

import io.tulle.examples.bookshop.load.LoadGenerator;
import io.tulle.examples.bookshop.load.PhaseRecorder;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * Plays steps under load. Every request belongs to a step, transitions included; the servers' counts of a split begin when the step's change is in force
 * everywhere.
 */
public final class Player {
    private static final int WARM_UPS = 5;
    private static final Duration LAST_REQUESTS = Duration.ofSeconds(12);
    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);
    private static final long SETTLE_NANOS = TimeUnit.MILLISECONDS.toNanos(500);

    private final Scene scene;
    private final LoadGenerator load;
    private final Observation shop;
    private final Roster roster;
    private final Stage stage;
    private final Pacing pacing;
    private final Settings settings;

    /**
     * How to play.
     *
     * @param phaseSeconds how long a step of length 1 lasts after its change is in force, at least
     * @param splitCalls how many calls the servers must count before a split is judged; a step lasts until they have, or three times as long
     * @param meshed whether there is a mesh, which says how calls are to be split and who is there
     */
    public record Settings(int phaseSeconds, long splitCalls, boolean meshed) {}

    /** Where to look. */
    public record Eyes(LoadGenerator load, Observation shop, Roster roster) {}

    /** How a step went, and who records the next: no request falls between them. */
    private record Played(PhaseReport report, PhaseRecorder next) {}

    /** Creates a player. */
    public Player(Scene scene, Eyes eyes, Stage stage, Pacing pacing, Settings settings) {
        this.scene = scene;
        load = eyes.load();
        shop = eyes.shop();
        roster = eyes.roster();
        this.stage = stage;
        this.pacing = pacing;
        this.settings = settings;
    }

    /**
     * Plays a step that is shown and not counted, and again while pages fail: a machine that all these JVMs have just started on is busy with them, by what it is
     * and what else it does.
     */
    public void warmUp(Step step, int of) throws InterruptedException {
        PhaseReport report = null;
        for (int i = 0; i < WARM_UPS && (report == null || report.failed() > 0); i++) {
            stage.announce(0, of, step);
            report = play(step, load.nextPhase()).report();
            stage.played(report);
        }
    }

    /** Plays the steps and returns how each went. */
    public List<PhaseReport> play(List<Step> steps) throws InterruptedException {
        List<PhaseReport> reports = new ArrayList<>();
        PhaseRecorder pages = load.nextPhase();
        for (Step step : steps) {
            stage.announce(reports.size() + 1, steps.size(), step);
            Played played = play(step, pages);
            stage.played(played.report());
            reports.add(played.report());
            pages = played.next();
        }
        return reports;
    }

    private Played play(Step step, PhaseRecorder pages) throws InterruptedException {
        MeshTotals before = shop.totals();
        long start = pacing.now();
        step.begin().on(scene);
        pacing.until(pacing.now() + (settings.meshed() ? SETTLE_NANOS : 0));
        Map<String, Long> counted = shop.servers();
        long begun = pacing.now();
        tick(begun + lengthNanos(step));
        while (settings.meshed() && !split(step, counted).enough() && pacing.now() - begun < 3 * lengthNanos(step)) {
            tick(pacing.now() + SECOND);
        }
        Split split = settings.meshed() ? split(step, counted) : null;
        step.end().on(scene);
        PhaseRecorder next = load.nextPhase();
        pacing.await(pages::complete, LAST_REQUESTS);
        MeshTotals after = shop.totals();
        PhaseReport.Reading reading = new PhaseReport.Reading(before, after, (pacing.now() - start) / (double) SECOND);
        PhaseReport.Findings findings =
                new PhaseReport.Findings(split, roster.takeLost(), step.remark().of(scene));
        return new Played(PhaseReport.of(step, pages, reading, findings), next);
    }

    /** Goes on showing what happens until it is interrupted, whatever people do to the processes and the configuration. */
    public void hold(Step step) throws InterruptedException {
        stage.announce(0, 0, step);
        while (!Thread.currentThread().isInterrupted()) {
            try {
                pacing.until(pacing.now() + SECOND);
                stage.live(shop.live());
            } catch (UncheckedIOException e) {
                stage.note("a process does not answer: " + e.getMessage());
            }
        }
    }

    private Split split(Step step, Map<String, Long> before) {
        return Split.between(before, shop.servers(), step.v1Percent(), settings.splitCalls());
    }

    private void tick(long end) throws InterruptedException {
        long next = pacing.now();
        while (end - pacing.now() > 0) {
            next += SECOND;
            pacing.until(end - next < 0 ? end : next);
            stage.live(shop.live());
            shop.servers();
            if (settings.meshed()) {
                roster.look();
            }
        }
    }

    private long lengthNanos(Step step) {
        return (long) (settings.phaseSeconds() * step.length() * SECOND);
    }
}
