package io.tulle.proofs.kill;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class SyncAuditTest {
    private static final String REQUEST =
            "11 read(76<TCPv6:[[::1]:1->[::1]:2]>, \"PUT /api/v1/namespaces/proof/services/s1 HTTP/1.1\\r\\n\"..., 8192) = 254";
    private static final String LOGGED = "12 pwrite64(80</data/tulle.db-wal>, \"\\0\\0\\0\\2\", 24, 49472) = 24";
    private static final String SYNCED = "12 fdatasync(80</data/tulle.db-wal>) = 0";
    private static final String SYNC_BEGINS = "12 fsync(80</data/tulle.db-wal> <unfinished ...>";
    private static final String SYNC_ENDS = "12 <... fsync resumed>)              = 0";
    private static final String ANSWER =
            "11 writev(76<TCPv6:[[::1]:1->[::1]:2]>, [{iov_base=\"HTTP/1.1 200 OK\\r\\n\"..., iov_len=146}], 2) = 296";

    @Test
    void acceptsAnAnswerAfterTheSyncOfWhatWasLogged() {
        assertThat(audit(REQUEST, LOGGED, SYNCED, ANSWER).good()).isTrue();
    }

    @Test
    void joinsTheHalvesOfACall() {
        SyncAudit.Result result = audit(REQUEST, LOGGED, SYNC_BEGINS, "13 read(5</x>, \"\", 1) = 0", SYNC_ENDS, ANSWER);

        assertThat(result.good()).isTrue();
        assertThat(result.syncs()).isEqualTo(1);
    }

    @Test
    void reportsAnAnswerWithoutASync() {
        assertThat(audit(REQUEST, LOGGED, ANSWER).unsynced())
                .singleElement()
                .asString()
                .contains("not synced");
    }

    @Test
    void reportsAnAnswerThatDidNotWaitForTheSync() {
        assertThat(audit(REQUEST, LOGGED, SYNC_BEGINS, ANSWER, SYNC_ENDS).unsynced())
                .hasSize(1);
    }

    @Test
    void reportsAnAnswerAfterASyncThatFailed() {
        String failed = "12 fdatasync(80</data/tulle.db-wal>) = -1 EIO (Input/output error)";

        assertThat(audit(REQUEST, LOGGED, failed, ANSWER).unsynced()).hasSize(1);
    }

    @Test
    void aSyncFromBeforeTheRequestDoesNotCount() {
        assertThat(audit(LOGGED, SYNCED, REQUEST, ANSWER).unsynced())
                .singleElement()
                .asString()
                .contains("no sync");
    }

    @Test
    void aSyncThatBeganBeforeTheLogWasWrittenDoesNotCount() {
        assertThat(audit(REQUEST, SYNC_BEGINS, LOGGED, SYNC_ENDS, ANSWER).unsynced())
                .hasSize(1);
    }

    @Test
    void aSyncOfAnotherFileDoesNotCount() {
        assertThat(audit(REQUEST, LOGGED, "12 fdatasync(81</data/other>) = 0", ANSWER)
                        .unsynced())
                .hasSize(1);
    }

    @Test
    void aRefusalNeedsNoSync() {
        assertThat(audit(REQUEST, ANSWER.replace("200 OK", "412 Precondition Failed"))
                        .unsynced())
                .isEmpty();
    }

    @Test
    void aTraceWithoutAcknowledgementsShowsNothing() {
        assertThat(audit(LOGGED, SYNCED).good()).isFalse();
    }

    private static SyncAudit.Result audit(String... trace) {
        return SyncAudit.of(List.of(trace));
    }
}
