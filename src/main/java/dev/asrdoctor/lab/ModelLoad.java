package dev.asrdoctor.lab;

import static dev.asrdoctor.lab.ModelError.optional;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.apache.commons.lang3.Strings;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** What waits, what is sent, and what the machine bears. */
final class ModelLoad {
    private final ModelScope scope;

    ModelLoad(ModelScope scope) {
        this.scope = scope;
    }

    Map<String, @Nullable Object> cache() {
        Map<String, @Nullable Object> data = new LinkedHashMap<>();
        long count = 0;
        long bytes = 0;
        Instant oldest = null;
        String pattern = scope.request.at("/product/pending").asString("");
        Pattern pending = Pattern.compile(pattern);
        boolean looks = scope.serverRoot != null && !pattern.isEmpty();
        List<Machine.LabFile> below = !looks
                ? List.of()
                : scope.world.machine().files(path -> Strings.CI.startsWith(path, scope.serverRoot + "\\"));
        // Folders that may not be listed: what is in them is not seen.
        List<String> shut = below.stream()
                .map(Machine.LabFile::path)
                .filter(path -> path.endsWith("\\"))
                .toList();
        Map<String, Long> folders = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        for (Machine.LabFile file : below) {
            if (shut.stream().noneMatch(folder -> Strings.CI.startsWith(file.path(), folder))
                    && pending.matcher(file.name()).find()) {
                count++;
                bytes += file.size();
                oldest = oldest == null || file.modifiedAt().isBefore(oldest) ? file.modifiedAt() : oldest;
                folders.merge(file.folder(), file.size(), Long::sum);
            }
        }
        String largest = null;
        long most = 0;
        for (Map.Entry<String, Long> folder : folders.entrySet()) {
            if (folder.getValue() > most) {
                most = folder.getValue();
                largest = folder.getKey();
            }
        }
        data.put("folder", scope.serverRoot);
        data.put("complete", !looks || (!below.isEmpty() && shut.isEmpty()));
        data.put("files", count);
        data.put("bytes", bytes);
        data.put("oldestAt", oldest);
        data.put("largestFolder", largest);
        data.put("largestBytes", most);
        return data;
    }

    Map<String, @Nullable Object> performance() {
        Map<String, @Nullable Object> data = new LinkedHashMap<>();
        data.put("windowMillis", scope.window);
        data.put(
                "cpuPercent",
                optional(() -> scope.cim
                                .instances("Win32_PerfRawData_PerfOS_Processor")
                                .getFirst())
                        .map(cpu -> Math.round(100
                                * (1
                                        - cpu.path("PercentProcessorTime")
                                                        .path("perSecond")
                                                        .asDouble(0)
                                                / cpu.path("Timestamp_Sys100NS")
                                                        .path("perSecond")
                                                        .asDouble(1))))
                        .orElse(null));
        Optional<JsonNode> memory =
                optional(() -> scope.cim.instances("Win32_OperatingSystem").getFirst());
        data.put(
                "committedPercent",
                memory.map(m -> Math.round(100
                                * (1
                                        - m.path("FreeVirtualMemory").asDouble()
                                                / m.path("TotalVirtualMemorySize")
                                                        .asDouble())))
                        .orElse(null));
        data.put(
                "commitLimitBytes",
                memory.map(m -> m.path("TotalVirtualMemorySize").asLong() * 1024)
                        .orElse(null));
        data.put(
                "queueLength",
                optional(() -> scope.cim
                                .instances("Win32_PerfRawData_PerfOS_System")
                                .getFirst())
                        .map(m -> m.path("ProcessorQueueLength").asLong())
                        .orElse(null));
        data.put(
                "diskWrittenBytes",
                optional(() -> scope.cim
                                .instances("Win32_PerfRawData_PerfDisk_PhysicalDisk")
                                .getFirst())
                        .map(disk -> ModelCim.growth(disk.path("DiskWriteBytesPersec"), scope.window))
                        .orElse(null));
        return data;
    }

    private long grown(long perSecond) {
        return perSecond * scope.window / 1000;
    }

    Map<String, @Nullable Object> upload() {
        if (scope.world.fault(StateFault.Target.CIM).isPresent()
                || scope.world.fault(StateFault.Target.PROCESS).isPresent()) {
            throw new ModelError("the processes could not be read", "the processes could not be read");
        }
        JsonNode rates = scope.world.machine().part("engine");
        String engine = scope.request.at("/product/engine/process").asString("");
        List<Map<String, Object>> processes = new ArrayList<>();
        for (SimService service : scope.world.services()) {
            if (service.processId != 0 && !engine.isEmpty() && Strings.CI.contains(service.imagePath, "\\" + engine)) {
                Map<String, Object> process = new LinkedHashMap<>();
                process.put("id", service.processId);
                process.put("otherBytes", grown(rates.path("otherPerSecond").asLong()));
                process.put("readBytes", grown(rates.path("readPerSecond").asLong()));
                process.put("writeBytes", grown(rates.path("writePerSecond").asLong()));
                processes.add(process);
            }
        }
        JsonNode counters = scope.world.machine().part("counters").path("Uncompressed Bytes");
        long mars = 0;
        for (JsonNode counter : counters) {
            mars += ModelCim.growth(counter, scope.window);
        }
        Map<String, @Nullable Object> data = new LinkedHashMap<>();
        data.put("method", "process-io");
        data.put("windowMillis", scope.window);
        data.put("processes", processes);
        data.put("marsBytes", counters.isMissingNode() ? null : (Long) mars);
        return data;
    }
}
