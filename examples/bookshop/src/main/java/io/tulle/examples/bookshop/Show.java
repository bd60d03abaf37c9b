package io.tulle.examples.bookshop;

import io.tulle.api.resource.Durations;
import io.tulle.api.time.Ticker;
import io.tulle.client.time.ThreadParker;
import io.tulle.examples.bookshop.load.HttpPages;
import io.tulle.examples.bookshop.load.LoadGenerator;
import io.tulle.examples.bookshop.process.Backends;
import io.tulle.examples.bookshop.process.Certificates;
import io.tulle.examples.bookshop.process.Family;
import io.tulle.examples.bookshop.process.Manifests;
import io.tulle.examples.bookshop.process.RegistryProcess;
import io.tulle.examples.bookshop.process.Replica;
import io.tulle.examples.bookshop.process.Shop;
import io.tulle.examples.bookshop.report.JsonReport;
import io.tulle.examples.bookshop.report.LiveStage;
import io.tulle.examples.bookshop.report.PlainStage;
import io.tulle.examples.bookshop.report.Summary;
import io.tulle.examples.bookshop.report.Terminal;
import io.tulle.examples.bookshop.script.ControlPlane;
import io.tulle.examples.bookshop.script.MeshCli;
import io.tulle.examples.bookshop.script.MeshRegistryScene;
import io.tulle.examples.bookshop.script.MeshScene;
import io.tulle.examples.bookshop.script.Observation;
import io.tulle.examples.bookshop.script.Pacing;
import io.tulle.examples.bookshop.script.PhaseReport;
import io.tulle.examples.bookshop.script.PlainScene;
import io.tulle.examples.bookshop.script.Player;
import io.tulle.examples.bookshop.script.RegistryView;
import io.tulle.examples.bookshop.script.Roster;
import io.tulle.examples.bookshop.script.Rotation;
import io.tulle.examples.bookshop.script.Scene;
import io.tulle.examples.bookshop.script.Script;
import io.tulle.examples.bookshop.script.ServerCounts;
import io.tulle.examples.bookshop.script.Stage;
import io.tulle.examples.bookshop.script.StatsClient;
import io.tulle.examples.bookshop.script.Step;
import java.io.IOException;
import java.io.PrintStream;
import java.util.List;

/** Starts the shop, puts it under load, plays the script, and says what came of it. */
final class Show {
    private static final double RAMP =
            2 / 9.0; // of the requests of a step: the ramp stretches them to a whole one, the warm-up
    private static final Ticker TICKER = Ticker.system();

    private final DemoOptions options;
    private final PrintStream out;
    private final Terminal terminal;
    private final Family family;
    private final Workspace workspace;
    private final Stage stage;
    private final StatsClient stats = new StatsClient();
    private final Pacing pacing = new Pacing(TICKER, new ThreadParker(TICKER));

    /** A shop that is open, what can be done to it, and what to tell people who want to look closer. */
    private record Opened(Shop shop, Scene scene, Roster roster, Invitation invitation) {}

    Show(DemoOptions options, Terminal terminal, Family family, Workspace workspace) {
        this.options = options;
        this.terminal = terminal;
        this.family = family;
        this.workspace = workspace;
        out = terminal.out();
        stage = terminal.redraws() ? new LiveStage(terminal) : new PlainStage(terminal);
    }

    /** Runs everything and returns the exit code. */
    int run() throws InterruptedException, IOException {
        long start = pacing.now();
        Opened opened = options.control() ? openPlain() : openMeshed();
        out.printf(
                "bookshop: ready after %d s; %d pages a second, %s%n",
                seconds(start),
                options.rate(),
                options.control()
                        ? "WITHOUT the mesh (plain OkHttp and grpc-java, round robin, plain text)"
                        : "through the mesh, by mutual TLS");
        opened.invitation().begin(out);
        try (stats;
                HttpPages pages = new HttpPages(opened.shop().storefronts()::ports);
                LoadGenerator load =
                        new LoadGenerator(pages, options.rate(), ramp(), TICKER, new ThreadParker(TICKER))) {
            load.start();
            return play(player(opened, load), opened, start);
        }
    }

    private int ramp() {
        return (int) (RAMP * options.phaseSeconds() * options.rate());
    }

    private Opened openPlain() throws InterruptedException {
        starting("");
        Shop shop = Shop.plain(family, places(), Durations.parse(Manifests.TIMEOUT));
        Invitation invitation = new Invitation(shop, workspace.root(), null);
        return new Opened(shop, new PlainScene(shop.backends(), stats), Roster.of(shop, stats), invitation);
    }

    private Opened openMeshed() throws InterruptedException {
        starting("a registry, ");
        RegistryProcess registry = new RegistryProcess(family, workspace.data());
        registry.startEmpty();
        ControlPlane control = new ControlPlane(
                registry,
                new RegistryView(registry.port(), stats),
                new Manifests(workspace.manifests()),
                new MeshCli(registry.uri(), stage::note),
                pacing);
        control.furnish(100, 0);
        Certificates certificates = new Certificates(workspace.certificates());
        Shop shop = Shop.meshed(
                family, places(), registry.uri(), new Shop.Folders(workspace.state(), workspace.certificates()));
        Roster roster = Roster.of(shop, stats);
        Scene scene = new MeshScene(
                control,
                shop,
                new MeshRegistryScene(control, shop, roster, stats, pacing),
                new Rotation(certificates, shop, stats, control),
                stats);
        return new Opened(shop, scene, roster, new Invitation(shop, workspace.root(), registry.uri()));
    }

    private void starting(String first) {
        out.println("bookshop: starting " + first + 4 * options.instances() + " backends and " + Shop.STOREFRONTS
                + " storefronts, each a process of its own...");
    }

    private List<Replica> places() {
        return Backends.places(options.instances());
    }

    private Player player(Opened opened, LoadGenerator load) {
        Shop shop = opened.shop();
        ServerCounts servers = new ServerCounts(shop.backends(), stats);
        Observation observation = new Observation(shop.storefronts(), stats, servers, load, pacing);
        Player.Settings settings =
                new Player.Settings(options.phaseSeconds(), options.splitCalls(), !options.control());
        return new Player(opened.scene(), new Player.Eyes(load, observation, opened.roster()), stage, pacing, settings);
    }

    private int play(Player player, Opened opened, long start) throws InterruptedException, IOException {
        List<Step> steps = options.control() ? Script.withoutRegistry() : Script.steps();
        player.warmUp(Script.WARM_UP, steps.size());
        List<PhaseReport> reports = player.play(steps);
        Summary summary = new Summary(reports, terminal);
        if (options.control()) {
            summary.printControl(Script.namesWithRegistry());
        } else {
            summary.print();
        }
        out.println("  " + seconds(start) + " s in all");
        if (options.json() != null) {
            JsonReport.of(reports).write(options.json());
        }
        opened.invitation().end(out, options.hold());
        if (options.hold()) {
            player.hold(Script.HOLD);
        }
        return options.control() || summary.passed() ? 0 : 1;
    }

    private long seconds(long since) {
        return Math.round((pacing.now() - since) / 1e9);
    }
}
