package dev.asrdoctor.check;

import dev.asrdoctor.facts.CacheFacts;
import dev.asrdoctor.facts.FactArea;
import dev.asrdoctor.facts.UploadFacts;
import dev.asrdoctor.policy.Setting;
import java.util.List;
import java.util.Locale;

/** The upload engine sends data (article step 8; docs/facts.md, "Bytes sent by a process"). */
final class UploadMoving extends AreaCheck<UploadFacts> {
    public static final Setting<Integer> LEAST_UPLOAD = Setting.count(
            "upload", "leastKilobytesPerSecond", 50, "while data waits, less than this counts as sending nothing");

    private static final double KB = 1024;

    UploadMoving() {
        super(
                FactArea.UPLOAD,
                new About(
                        "upload.moving",
                        "Data moves to Azure",
                        8,
                        List.of(FactArea.UPLOAD, FactArea.CACHE),
                        Profile.FULL,
                        About.UPLOADING,
                        "cbengine.exe uploads what waits in the cache. When it sends nothing while data waits, recovery points fall"
                                + " behind although every service runs.",
                        "Look at upload.connections, mars.log, firewall.urls and proxy.same: they tell why. When all of them are"
                                + " clean, restart obengine.",
                        List.of(LEAST_UPLOAD, Waiting.BACKLOG_LEAST, ReadLimits.SAMPLE_WINDOW)));
    }

    @Override
    List<Finding> judge(UploadFacts upload, Context context) {
        CacheFacts cache = context.read(FactArea.CACHE);
        double rate = upload.bytesPerSecond() / KB;
        Waiting waiting = Waiting.of(context);
        FindingBuilder finding = finding("")
                .evidence("kilobytesASecond", Math.round(rate))
                .evidence("windowSeconds", Math.max(1, upload.windowMillis() / 1000))
                .evidence(
                        "method",
                        upload.marsBytes() != null && upload.marsBytes() > 0 ? "mars-counter" : upload.method())
                .evidence("processes", upload.processes().size())
                .evidence("waitingMegabytes", cache == null ? null : (Long) Waiting.megabytes(cache));
        String waits = cache == null ? "" : Waiting.megabytes(cache) + " MB wait";
        if (upload.processes().isEmpty() && waiting == Waiting.UNKNOWN && hidesWhatWaits(context)) {
            return skipped("the upload engine does not run; see services.running");
        }
        if (upload.processes().isEmpty()) {
            return stopped(finding, waiting, waits);
        }
        if (rate >= context.get(LEAST_UPLOAD)) {
            return pass(
                    finding,
                    rate >= KB
                            ? String.format(Locale.ROOT, "%.1f MB a second are sent", rate / KB)
                            : Math.round(rate) + " KB a second are sent");
        }
        if (waiting == Waiting.UNKNOWN && hidesWhatWaits(context)) {
            return skipped("next to nothing is sent, and where this product keeps what waits is not published");
        }
        return idle(finding, waiting, waits, rate);
    }

    private static boolean hidesWhatWaits(Context context) {
        return context.server().product().pending().isEmpty();
    }

    private List<Finding> stopped(FindingBuilder finding, Waiting waiting, String waits) {
        return switch (waiting) {
            case YES ->
                List.of(finding.is(
                        Status.FAIL,
                        Severity.HIGH,
                        waits + " and the upload engine does not run",
                        "Start obengine; see services.running."));
            case NO -> skipped("the upload engine does not run, and nothing waits; see services.running");
            case UNKNOWN ->
                List.of(finding.is(
                        Status.UNKNOWN,
                        Severity.MEDIUM,
                        "the upload engine does not run, and whether data waits is not known",
                        "See services.running; check the area 'cache'."));
        };
    }

    private List<Finding> idle(FindingBuilder finding, Waiting waiting, String waits, double rate) {
        return switch (waiting) {
            case YES ->
                List.of(finding.is(
                        Status.FAIL,
                        Severity.HIGH,
                        waits + " and only " + Math.round(rate) + " KB a second are sent",
                        about().fix()));
            case NO -> pass(finding, "next to nothing is sent, and nothing waits");
            case UNKNOWN ->
                List.of(finding.is(
                        Status.UNKNOWN,
                        Severity.LOW,
                        "next to nothing is sent, and whether data waits is not known",
                        "Check the area 'cache' of this server."));
        };
    }
}
