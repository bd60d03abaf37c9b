package io.tulle.benchmarks.macro;

import com.sun.management.OperatingSystemMXBean;
import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What had been used up at one moment.
 *
 * @param nanos the moment
 * @param clientCpu processor time of this process in seconds
 * @param sidecarCpu processor time of the sidecars in seconds, in the steps that the system counts in (10 ms on Linux)
 * @param backendCpu the same of the backends
 * @param allocated bytes that each living thread of this process has allocated
 */
record Usage(long nanos, double clientCpu, double sidecarCpu, double backendCpu, Map<Long, Long> allocated) {
    private static final double NANOS = 1e9;

    static Usage now(Site site) {
        OperatingSystemMXBean process = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
        return new Usage(
                System.nanoTime(),
                process.getProcessCpuTime() / NANOS,
                cpu(site.sidecars()),
                cpu(site.backends()),
                allocatedByThread());
    }

    private static double cpu(List<Long> pids) {
        return pids.stream()
                .mapToDouble(pid -> ProcessHandle.of(pid)
                        .flatMap(process -> process.info().totalCpuDuration())
                        .map(Duration::toNanos)
                        .orElseThrow(() -> new IllegalStateException("process " + pid + " has ended")))
                .map(nanos -> nanos / NANOS)
                .sum();
    }

    private static Map<Long, Long> allocatedByThread() {
        ThreadMXBean threads = ManagementFactory.getPlatformMXBean(ThreadMXBean.class);
        long[] ids = threads.getAllThreadIds();
        long[] bytes = threads.getThreadAllocatedBytes(ids);
        Map<Long, Long> allocated = new HashMap<>();
        for (int i = 0; i < ids.length; i++) {
            allocated.put(ids[i], bytes[i]);
        }
        return allocated;
    }

    /** Returns the bytes allocated since {@code earlier} by threads that live now. */
    long allocatedSince(Usage earlier) {
        return allocated.entrySet().stream()
                .mapToLong(entry -> entry.getValue() - earlier.allocated.getOrDefault(entry.getKey(), 0L))
                .sum();
    }
}
