package io.tulle.examples.bookshop;

import io.tulle.api.resource.Durations;
import io.tulle.api.time.Ticker;
import io.tulle.client.time.ThreadParker;
import io.tulle.examples.bookshop.load.HttpPages;
import io.tulle.examples.bookshop.load.LoadGenerator;
import io.tulle.examples.bookshop.process.Backends;
import io.tulle.examples.bookshop.process.ConfigFolder;
import io.tulle.examples.bookshop.process.Family;
import io.tulle.examples.bookshop.process.Storefronts;
import io.tulle.examples.bookshop.report.JsonReport;
import io.tulle.examples.bookshop.report.LiveStage;
import io.tulle.examples.bookshop.report.PlainStage;
import io.tulle.examples.bookshop.report.Summary;
import io.tulle.examples.bookshop.report.Terminal;
import io.tulle.examples.bookshop.script.MeshScene;
import io.tulle.examples.bookshop.script.Observation;
import io.tulle.examples.bookshop.script.Pacing;
import io.tulle.examples.bookshop.script.PhaseReport;
import io.tulle.examples.bookshop.script.PlainScene;
import io.tulle.examples.bookshop.script.Player;
import io.tulle.examples.bookshop.script.Scene;
import io.tulle.examples.bookshop.script.Script;
import io.tulle.examples.bookshop.script.ServerCounts;
import io.tulle.examples.bookshop.script.Stage;
import io.tulle.examples.bookshop.script.StatsClient;
import io.tulle.examples.bookshop.script.Step;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;

/** Starts the shop, puts it under load, plays the script, and says what came of it. */
final class Show {
    private static final int RAMP_SECONDS = 1; // of the full rate, which the ramp stretches to four and a half
    private static final Ticker TICKER = Ticker.system();

    private final DemoOptions options;
    private final Terminal terminal;
    private final PrintStream out;
    private final Family family;
    private final ConfigFolder folder;
    private final Path logs;
    private final Backends backends;
    private final Pacing pacing = new Pacing(TICKER, new ThreadParker(TICKER));

    Show(DemoOptions options, Terminal terminal, Family family, Workspace workspace) {
        this.options = options;
        this.terminal = terminal;
        this.family = family;
        out = terminal.out();
        folder = new ConfigFolder(workspace.config());
        logs = workspace.logs();
        backends = new Backends(family);
    }

    /** Runs everything and returns the exit code. */
    int run() throws InterruptedException, IOException {
        long start = pacing.now();
        out.println("bookshop: starting 2 storefronts and " + 3 * options.instances()
                + " backends, each a process of its own...");
        backends.start(Backends.places(options.instances()));
        Storefronts storefronts = storefronts();
        out.printf("bookshop: ready after %d s; %d pages a second, %s%n", seconds(start), options.rate(), callers());
        try (StatsClient stats = new StatsClient();
                HttpPages pages = new HttpPages(storefronts.ports());
                LoadGenerator load = new LoadGenerator(
                        pages, options.rate(), RAMP_SECONDS * options.rate(), TICKER, new ThreadParker(TICKER))) {
            load.start();
            return play(player(storefronts, stats, load), storefronts, start);
        }
    }

    private String callers() {
        return options.control() ? "WITHOUT the mesh (plain OkHttp, round robin)" : "through the mesh";
    }

    private Storefronts storefronts() throws InterruptedException {
        if (options.control()) {
            return Storefronts.plain(family, Durations.parse(ConfigFolder.TIMEOUT), backends.all());
        }
        folder.writeServices();
        folder.writeWeights(100, 0);
        folder.writeInstances(MeshScene.entries(backends, ""));
        return Storefronts.meshed(family, folder.path());
    }

    private Player player(Storefronts storefronts, StatsClient stats, LoadGenerator load) {
        Observation shop = new Observation(storefronts.ports(), stats, new ServerCounts(backends, stats), load, pacing);
        Scene scene = options.control()
                ? new PlainScene(backends, stats)
                : new MeshScene(backends, folder, storefronts.ports(), stats, pacing);
        Stage stage = terminal.redraws() ? new LiveStage(terminal) : new PlainStage(terminal);
        Player.Settings settings =
                new Player.Settings(options.phaseSeconds(), options.splitCalls(), !options.control());
        return new Player(scene, load, shop, stage, pacing, settings);
    }

    private int play(Player player, Storefronts storefronts, long start) throws InterruptedException, IOException {
        List<Step> steps = Script.steps();
        player.warmUp(Script.WARM_UP, steps.size());
        List<PhaseReport> reports = player.play(steps);
        Summary summary = new Summary(reports, terminal);
        if (options.control()) {
            summary.printControl();
        } else {
            summary.print();
        }
        out.println("  " + seconds(start) + " s in all");
        if (options.json() != null) {
            JsonReport.of(reports).write(options.json());
        }
        if (options.hold()) {
            addresses(storefronts);
            player.hold(Script.HOLD);
        }
        return options.control() || summary.passed() ? 0 : 1;
    }

    private void addresses(Storefronts storefronts) {
        out.println();
        storefronts
                .ports()
                .forEach(port -> out.println("  http://127.0.0.1:" + port + "/page/1   storefront (/_stats)"));
        backends.all()
                .forEach(each -> out.println("  http://127.0.0.1:" + each.port() + "/books/1  "
                        + each.replica().name() + ", pid " + each.process().pid()));
        if (!options.control()) {
            out.println("  " + folder.path() + " is watched: edit catalog-route.yaml");
        }
        out.println("  " + logs + " has the logs of every process");
        out.println("  curl -d slow10x http://127.0.0.1:<port of a backend>/_fault   (none, fail, slow10x, swallow)");
    }

    private long seconds(long since) {
        return Math.round((pacing.now() - since) / 1e9);
    }
}
