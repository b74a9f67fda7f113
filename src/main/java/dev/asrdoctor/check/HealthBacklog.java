package dev.asrdoctor.check;

import dev.asrdoctor.facts.CacheFacts;
import dev.asrdoctor.facts.FactArea;
import dev.asrdoctor.facts.UploadFacts;
import dev.asrdoctor.policy.Setting;
import dev.asrdoctor.text.Words;
import java.time.Duration;
import java.util.List;

/** Waiting data against the measured upload (article step 1; docs/facts.md, "Cache and backlog"). */
final class HealthBacklog extends AreaCheck<CacheFacts> {
    public static final Setting<Duration> BACKLOG_WARN = Setting.time(
            "health", "backlogWarn", Duration.ofMinutes(30), "waiting data that takes longer to upload warns");
    public static final Setting<Duration> BACKLOG_FAIL = Setting.time(
            "health", "backlogFail", Duration.ofMinutes(45), "waiting data that takes longer to upload fails");

    private static final double MB = 1 << 20;

    HealthBacklog() {
        super(
                FactArea.CACHE,
                new About(
                        "health.backlog",
                        "Waiting data can be uploaded in time",
                        1,
                        List.of(FactArea.CACHE, FactArea.UPLOAD),
                        Profile.FULL,
                        About.UPLOADING,
                        "The portal warns when the data in the cache would take more than 30 minutes to upload, and again at 45:"
                                + " recovery points fall that far behind.",
                        "If nothing is uploaded, look at upload.moving, upload.connections, firewall.urls and proxy.same first. If"
                                + " it is, look at bandwidth.throttle and bandwidth.link, or spread machines over more process servers.",
                        List.of(BACKLOG_WARN, BACKLOG_FAIL, Waiting.BACKLOG_LEAST)));
    }

    @Override
    List<Finding> judge(CacheFacts cache, Context context) {
        UploadFacts upload = context.read(FactArea.UPLOAD);
        double waiting = cache.bytes() / MB;
        FindingBuilder finding = finding("")
                .evidence("waitingMegabytes", Math.round(waiting))
                .evidence("files", cache.files())
                .evidence(
                        "oldest",
                        cache.oldestAt() == null ? null : cache.oldestAt().toString())
                .evidence("largestFolder", cache.largestFolder())
                .evidence("complete", cache.complete())
                .evidence(
                        "megabytesASecond",
                        upload == null ? null : (Double) (Math.round(upload.bytesPerSecond() / MB * 100) / 100.0));
        String atLeast = cache.complete() ? "" : "at least ";
        if (waiting < context.get(Waiting.BACKLOG_LEAST) && cache.complete()) {
            return pass(finding, Math.round(waiting) + " MB wait for their upload");
        }
        if (upload == null) {
            return List.of(finding.is(
                    Status.UNKNOWN,
                    Severity.MEDIUM,
                    atLeast + Math.round(waiting) + " MB wait, and the upload could not be measured",
                    "Check the area 'upload' of this server."));
        }
        if (waiting < context.get(Waiting.BACKLOG_LEAST)) {
            return List.of(finding.is(
                    Status.UNKNOWN,
                    Severity.LOW,
                    "the cache could not be looked through whole; at least " + Math.round(waiting) + " MB wait",
                    "Run the check again with a longer --deadline; if it stays, look whether the account may read the cache and"
                            + " whether the installation root is where set-up has written it."));
        }
        double seconds =
                upload.bytesPerSecond() < 1 ? Double.POSITIVE_INFINITY : cache.bytes() / upload.bytesPerSecond();
        String words = atLeast + Math.round(waiting) + " MB wait; at the measured rate that takes "
                + (Double.isInfinite(seconds) ? "for ever" : Words.duration(Duration.ofSeconds((long) seconds)));
        if (seconds > context.get(BACKLOG_FAIL).toSeconds()) {
            return List.of(finding.is(Status.FAIL, Severity.HIGH, words, about().fix()));
        }
        if (seconds > context.get(BACKLOG_WARN).toSeconds()) {
            return List.of(finding.is(Status.WARN, Severity.MEDIUM, words, about().fix()));
        }
        return pass(finding, words);
    }
}
