package dev.asrdoctor.check;

import dev.asrdoctor.facts.ConnectionFacts;
import dev.asrdoctor.facts.FactArea;
import dev.asrdoctor.facts.ServiceFact;
import dev.asrdoctor.facts.ServicesFacts;
import dev.asrdoctor.facts.ServingFacts;
import dev.asrdoctor.text.Words;
import java.util.List;
import java.util.Optional;

/** An appliance can be administered (docs/facts.md, "What comes in to the appliance"). */
final class ConfigurationManagerAnswer extends AreaCheck<ServingFacts> {
    ConfigurationManagerAnswer() {
        super(
                FactArea.SERVING,
                new About(
                        "configuration-manager.answer",
                        "The appliance's configuration manager answers",
                        0,
                        List.of(FactArea.SERVING, FactArea.SERVICES),
                        Profile.QUICK,
                        About.APPLIANCES,
                        "Certificates are renewed, components updated and proxies changed in the configuration manager alone, a site on"
                                + " port 44368. Replication goes on without it, until one of these is needed.",
                        "Start the services WAS and W3SVC, and the site and pool 'Microsoft Azure DR Appliance Configuration"
                                + " Manager' in IIS.",
                        List.of()));
    }

    @Override
    List<Finding> judge(ServingFacts serving, Context context) {
        Optional<ConnectionFacts> manager = serving.served().stream()
                .filter(connection -> connection.name().equals("manager"))
                .findFirst();
        if (manager.isEmpty()) {
            return skipped("it was not tried");
        }
        ConnectionFacts tried = manager.get();
        ServicesFacts services = context.read(FactArea.SERVICES);
        FindingBuilder finding = finding("")
                .evidence("target", tried.target())
                .evidence("result", Reach.word(tried))
                .evidence("httpStatus", tried.httpStatus())
                .evidence(
                        "W3SVC",
                        services == null
                                ? null
                                : services.named("W3SVC")
                                        .map(ServiceFact::state)
                                        .map(Words::word)
                                        .orElse(null));
        return tried.httpStatus() != null
                ? pass(finding, "the configuration manager answers on " + tried.target())
                : List.of(finding.is(
                        Status.WARN,
                        Severity.MEDIUM,
                        "the configuration manager does not answer on " + tried.target() + ": " + Reach.words(tried),
                        about().fix()));
    }
}
