package dev.asrdoctor.cli.lab;

import com.sun.management.ThreadMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.OptionalLong;

/** What this process has used so far, by the operating system's account. */
record ProcessFigures(Duration cpu, long allocatedBytes, OptionalLong peakResidentMiB, int peakThreads) {
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    static ProcessFigures now() {
        return new ProcessFigures(
                ProcessHandle.current().info().totalCpuDuration().orElse(Duration.ZERO),
                THREADS.getTotalThreadAllocatedBytes(),
                peakResident(),
                THREADS.getPeakThreadCount());
    }

    /** Linux alone tells it without a library of its own. */
    private static OptionalLong peakResident() {
        try {
            return Files.readAllLines(Path.of("/proc/self/status")).stream()
                    .filter(line -> line.startsWith("VmHWM:"))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) / 1024)
                    .findFirst();
        } catch (IOException e) {
            return OptionalLong.empty();
        }
    }
}
