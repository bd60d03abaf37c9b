package io.tulle.proofs.kill;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Looks in a trace whether each acknowledgement was preceded by a data sync: after the request had come in, the write-ahead log was written, then synced, and
 * the sync had succeeded, and nothing of the log was unsynced, before the first byte of the answer. Meant for a writer that sends one request at a time.
 */
final class SyncAudit {
    private static final Set<String> READS = Set.of("read", "readv", "recvfrom", "recvmsg");
    private static final Set<String> WRITES = Set.of("write", "writev", "pwrite64", "pwritev", "sendto", "sendmsg");
    private static final Set<String> SYNCS = Set.of("fsync", "fdatasync");
    private static final Pattern REQUEST = Pattern.compile(".*\"(PUT|POST|DELETE) /api/v1/.*");
    private static final Pattern ACKNOWLEDGED = Pattern.compile(".*\"HTTP/1\\.1 20[01] .*");

    private final Map<String, Boolean> syncedSince = new HashMap<>();
    private final List<String> unsynced = new ArrayList<>();
    private int acknowledged;
    private int syncs;
    private boolean dirty;
    private boolean written;
    private boolean syncing;

    private SyncAudit() {}

    /**
     * What a trace shows.
     *
     * @param acknowledged how many writes were acknowledged
     * @param syncs how many syncs of the log succeeded
     * @param unsynced one line for each acknowledgement without a sync before it
     */
    record Result(int acknowledged, int syncs, List<String> unsynced) {
        /** Returns whether there was something to see, and it was as it should be. */
        boolean good() {
            return acknowledged > 0 && unsynced.isEmpty();
        }
    }

    static Result of(List<String> trace) {
        SyncAudit audit = new SyncAudit();
        SystemCall.parse(trace).forEach(audit::see);
        return new Result(audit.acknowledged, audit.syncs, List.copyOf(audit.unsynced));
    }

    private void see(SystemCall call) {
        if (call.file().startsWith("TCP")) {
            socket(call);
        } else if (call.file().endsWith(".db-wal")) {
            log(call);
        }
    }

    private void socket(SystemCall call) {
        if (READS.contains(call.name())
                && call.ends()
                && REQUEST.matcher(call.text()).matches()) {
            syncedSince.put(call.file(), false);
            written = false;
        } else if (WRITES.contains(call.name())
                && call.begins()
                && ACKNOWLEDGED.matcher(call.text()).matches()) {
            Boolean synced = syncedSince.remove(call.file());
            if (synced != null) {
                acknowledge(synced, call);
            }
        }
    }

    private void acknowledge(boolean synced, SystemCall call) {
        acknowledged++;
        if (!synced || dirty) {
            unsynced.add("acknowledgement " + acknowledged + ": "
                    + (dirty ? "the log was written and not synced" : "no sync after the request") + ", before "
                    + call.name() + "(" + call.text());
        }
    }

    private void log(SystemCall call) {
        if (WRITES.contains(call.name()) && call.begins()) {
            dirty = true;
            written = true;
            syncing = false; // a sync that has begun may not cover this
        } else if (SYNCS.contains(call.name())) {
            if (call.begins()) {
                syncing = true;
            }
            if (call.ends() && call.result() == 0 && syncing) {
                syncs++;
                dirty = false;
                syncing = false;
                if (written) {
                    syncedSince.replaceAll((socket, before) -> true);
                }
            }
        }
    }
}
