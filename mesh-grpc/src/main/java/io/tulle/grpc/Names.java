package io.tulle.grpc;

import io.grpc.NameResolver;
import io.grpc.SynchronizationContext;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.concurrent.ForkJoinPool;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the hosts of a channel's endpoints mean: grpc-java's transports connect to IP addresses only. Names are looked up where blocking is allowed, each for
 * itself, and mean what they last meant until they are known to mean something else: that DNS fails for a while ends no connection. Confined to the channel's
 * synchronization context.
 */
final class Names {
    /** Asks for all addresses of a host; may block. */
    @FunctionalInterface
    interface Lookup {
        InetAddress[] all(String host) throws UnknownHostException;
    }

    /** Who is asked for names; the JDK by default. */
    static final NameResolver.Args.Key<Lookup> LOOKUP = NameResolver.Args.Key.create("io.tulle.grpc.lookup");

    private static final Logger LOG = LoggerFactory.getLogger(Names.class);
    private static final String OCTET = "(25[0-5]|2[0-4][0-9]|1?[0-9]{1,2})";
    private static final Pattern LITERAL =
            Pattern.compile(OCTET + "(\\." + OCTET + "){3}|[0-9A-Fa-f.]*:[0-9A-Fa-f:.]*"); // nobody is asked for these

    private final SynchronizationContext context;
    private final Executor offload;
    private final Lookup lookup;
    private final Runnable news;
    private final Map<String, Name> names = new HashMap<>();

    /** {@code news} runs, in the context, when a name means something new. */
    Names(NameResolver.Args args, Runnable news) {
        context = args.getSynchronizationContext();
        Executor given = args.getOffloadExecutor();
        offload = given == null ? ForkJoinPool.commonPool() : given; // a channel always gives one
        Lookup asked = args.getArg(LOOKUP);
        lookup = asked == null ? InetAddress::getAllByName : asked;
        this.news = news;
    }

    /** Has these hosts looked up that are new, and forgets all others. */
    void keep(Set<String> hosts) {
        names.keySet().retainAll(hosts);
        for (String host : hosts) {
            if (!names.containsKey(host)) {
                Name name = new Name(host);
                names.put(host, name);
                name.begin();
            }
        }
    }

    /** Returns all addresses of a host that is kept, none when it is not known; null while it is looked up for the first time. */
    @Nullable
    List<InetAddress> addresses(String host) {
        Name name = names.get(host);
        return name == null ? null : name.addresses;
    }

    /** Has every name looked up again. */
    void refresh() {
        names.values().forEach(Name::ask);
    }

    private static List<InetAddress> found(String host, Lookup lookup) {
        try {
            return List.of(lookup.all(host));
        } catch (UnknownHostException | RuntimeException e) { // what a provider of the JDK's resolver may throw
            LOG.debug("{} could not be looked up", host, e);
            return List.of();
        }
    }

    /** One host. */
    private final class Name {
        private final String host;
        private final boolean literal;
        private boolean asking;
        private @Nullable List<InetAddress> addresses;

        Name(String host) {
            this.host = host;
            literal = LITERAL.matcher(host).matches();
        }

        void begin() {
            if (literal) {
                addresses = found(host, InetAddress::getAllByName);
            } else {
                ask();
            }
        }

        void ask() {
            if (!literal && !asking) {
                asking = true;
                offload.execute(() -> {
                    List<InetAddress> found = found(host, lookup);
                    context.execute(() -> learn(found));
                });
            }
        }

        private void learn(List<InetAddress> found) {
            asking = false;
            List<InetAddress> known = addresses;
            boolean same =
                    known != null && (found.isEmpty() || Set.copyOf(known).equals(Set.copyOf(found))); // in any order
            if (!same && names.get(host) == this) {
                addresses = found;
                news.run();
            }
        }
    }
}
