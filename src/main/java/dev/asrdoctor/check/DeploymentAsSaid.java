package dev.asrdoctor.check;

import dev.asrdoctor.facts.FactArea;
import dev.asrdoctor.facts.ProductFacts;
import dev.asrdoctor.product.Deployment;
import java.util.List;
import java.util.Optional;

/** A server is what the inventory says that it is. */
final class DeploymentAsSaid extends AreaCheck<ProductFacts> {
    DeploymentAsSaid() {
        super(
                FactArea.PRODUCT,
                new About(
                        "deployment",
                        "The server is what the inventory says",
                        0,
                        List.of(FactArea.PRODUCT, FactArea.SERVICES),
                        Profile.QUICK,
                        About.EVERYWHERE,
                        "Which services, folders and connections a server needs depends on its role. Judged by the wrong"
                                + " role, a healthy server looks ill and an ill one healthy.",
                        "Correct 'deployment' in the inventory, or leave it out: auto reads the role from the server.",
                        List.of()));
    }

    /** The server here is as the inventory has it. */
    @Override
    List<Finding> judge(ProductFacts product, Context context) {
        Deployment said = context.server().said().deployment();
        Optional<Deployment> read = DetectedDeployment.of(context.facts(), said);
        FindingBuilder finding = finding("")
                .evidence("inventory", said.id())
                .evidence("read", read.map(Deployment::id).orElse(null))
                .evidence("cxType", product.cxType())
                .evidence("version", product.version() == null ? product.agentVersion() : product.version());
        if (DetectedDeployment.modernized(product)) {
            return List.of(finding.evidence("csMode", product.csMode())
                    .is(
                            Status.WARN,
                            Severity.MEDIUM,
                            "this is a modernized replication appliance, which the article's steps do not describe",
                            "Findings about its services and folders do not apply. Take it out of this inventory."));
        }
        if (read.isEmpty()) {
            return List.of(finding.is(
                    said == Deployment.AUTO ? Status.UNKNOWN : Status.FAIL,
                    Severity.HIGH,
                    "nothing of Azure Site Recovery was found on this server",
                    "Check the address in the inventory: this may be another machine. If it is the right one, the product"
                            + " was removed or its set-up never finished."));
        }
        if (said != Deployment.AUTO && said != read.get()) {
            return List.of(finding.is(
                    Status.FAIL,
                    Severity.MEDIUM,
                    "the inventory calls it a " + said.id() + ", but it is a "
                            + read.get().id(),
                    "Correct 'deployment' in the inventory, or leave it out. Until then it is judged as a " + said.id()
                            + "."));
        }
        return pass(finding, "it is a " + read.get().id());
    }
}
