package dev.asrdoctor.check;

import dev.asrdoctor.facts.FactArea;
import dev.asrdoctor.facts.ProductFacts;
import dev.asrdoctor.product.Deployment;
import dev.asrdoctor.product.Trait;
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
                .evidence("version", product.version() == null ? product.agentVersion() : product.version())
                .evidence("csMode", product.csMode());
        if (read.isEmpty() && DetectedDeployment.discovers(product)) {
            return List.of(discovers(product, said, finding));
        }
        if (read.isEmpty()) {
            return List.of(finding.is(
                    said == Deployment.AUTO ? Status.UNKNOWN : Status.FAIL,
                    Severity.HIGH,
                    "nothing of Azure Site Recovery was found on this server",
                    "Check the address in the inventory: this may be another machine. If it is the right one, the product"
                            + " was removed or its set-up never finished."));
        }
        if (said != Deployment.AUTO && !read.get().isCalledLike(said)) {
            return List.of(finding.is(
                    Status.FAIL,
                    Severity.MEDIUM,
                    "the inventory calls it a " + said.id() + ", but it is a "
                            + read.get().id(),
                    "Correct 'deployment' in the inventory, or leave it out. Until then it is judged as a " + said.id()
                            + "."));
        }
        if (read.get().is(Trait.APPLIANCE) && product.cxType() != null) {
            return List.of(finding.is(
                    Status.WARN,
                    Severity.MEDIUM,
                    "it is a " + read.get().id() + ", and a classic process server is installed beside it",
                    "Both want ports 443 and 9443 for themselves. Move the machines of the classic server to the appliance and"
                            + " take its software away, or set the appliance up on a machine of its own."));
        }
        return pass(
                finding.evidence("joinedTo", product.joinedTo()),
                "it is a " + read.get().id()
                        + (read.get().is(Trait.JOINED) ? " that is joined to a replication appliance" : ""));
    }

    private static Finding discovers(ProductFacts product, Deployment said, FindingBuilder finding) {
        return finding.evidence("applianceType", product.applianceType())
                .is(
                        said == Deployment.AUTO ? Status.WARN : Status.FAIL,
                        Severity.MEDIUM,
                        "this is an appliance of another kind (" + product.applianceType()
                                + "), such as Azure Migrate uses to discover machines: it replicates nothing",
                        "Take it out of this inventory, or correct the address.");
    }
}
