package io.tulle.examples.bookshop.script;

import io.tulle.examples.bookshop.process.Manifests;
import io.tulle.examples.bookshop.process.RegistryProcess;
import java.time.Duration;
import java.util.function.BooleanSupplier;

/** The registry as an operator has it in hand: its process, the command line, and what it says of those that follow it. For one thread. */
public final class ControlPlane {
    private static final Duration LIMIT = Duration.ofSeconds(20);

    private final RegistryProcess process;
    private final RegistryView view;
    private final Manifests manifests;
    private final MeshCli cli;
    private final Pacing pacing;

    /** Puts the parts together. */
    public ControlPlane(RegistryProcess process, RegistryView view, Manifests manifests, MeshCli cli, Pacing pacing) {
        this.process = process;
        this.view = view;
        this.manifests = manifests;
        this.cli = cli;
        this.pacing = pacing;
    }

    /** Returns the registry's process. */
    RegistryProcess process() {
        return process;
    }

    /** Returns what the registry says. */
    RegistryView view() {
        return view;
    }

    /** Applies everything that the shop needs, with this split of the calls to catalog. */
    public void furnish(int v1, int v2) {
        cli.run(
                "apply",
                "-f",
                manifests.shop().toString(),
                "-f",
                manifests.route(v1, v2).toString());
    }

    /** Applies the route that splits the calls to catalog. */
    void split(int v1, int v2) {
        cli.run("apply", "-f", manifests.route(v1, v2).toString());
    }

    /** Waits until so many storefronts have in force what the registry has now. */
    void awaitInForce(int storefronts) throws InterruptedException {
        long revision = view.clients().revision();
        await(
                "all storefronts to have revision " + revision + " in force",
                () -> view.clients().inForce("shop/storefront", revision) >= storefronts);
    }

    /** Waits until something holds. */
    void await(String what, BooleanSupplier condition) throws InterruptedException {
        if (!pacing.await(condition, LIMIT)) {
            throw new IllegalStateException("waited " + LIMIT.toSeconds() + " s for " + what + "; the registry says "
                    + view.clients() + " and " + view.instances());
        }
    }
}
