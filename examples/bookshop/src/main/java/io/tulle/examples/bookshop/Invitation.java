package io.tulle.examples.bookshop;

import io.tulle.examples.bookshop.process.Shop;
import java.io.PrintStream;
import java.net.URI;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Tells people how to look closer.
 *
 * @param shop the shop that is open
 * @param folder where logs and configuration are
 * @param registry the registry's address; null without a mesh
 */
record Invitation(Shop shop, Path folder, @Nullable URI registry) {
    /** At the beginning: what can be looked at in another terminal meanwhile. */
    void begin(PrintStream out) {
        if (registry != null) {
            out.println("  Look at it from another terminal, while it runs:");
            commands(out);
        }
    }

    /** At the end: where everything is, if it goes on; or how to have it go on. */
    void end(PrintStream out, boolean hold) {
        out.println();
        if (!hold) {
            out.println("  ./mesh demo --hold leaves everything running: then look into it, break it, change it.");
            return;
        }
        shop.storefronts()
                .ports()
                .forEach(port -> out.println("  http://127.0.0.1:" + port + "/page/1   storefront (/_stats)"));
        shop.backends().all().stream()
                .filter(each -> each.process().alive())
                .forEach(
                        each -> out.println("  http://127.0.0.1:" + each.ports().admin() + "/_stats  "
                                + each.replica().name() + " (requests at "
                                + each.ports().service() + "), pid "
                                + each.process().pid()));
        if (registry != null) {
            commands(out);
            out.println("  ./mesh apply -f " + folder.resolve("mesh/catalog-route.yaml")
                    + "   after you have changed the weights in it");
        }
        out.println("  " + folder + " has the logs of every process");
        out.println(
                "  curl -d slow10x http://127.0.0.1:<that port of a backend>/_fault   (none, fail, slow10x, swallow)");
    }

    private void commands(PrintStream out) {
        out.println("  export MESH_REGISTRY=" + registry);
        out.println("  curl -N \"$MESH_REGISTRY/api/v1/watch?service=shop/catalog\"");
        out.println("  ./mesh get instances -n shop");
        out.println("  ./mesh clients");
    }
}
