package dev.asrdoctor.cli.check;

import dev.asrdoctor.check.Check;
import dev.asrdoctor.check.CheckSelection;
import dev.asrdoctor.check.Checks;
import dev.asrdoctor.cli.options.Outputs;
import dev.asrdoctor.cli.terminal.Edges;
import dev.asrdoctor.cli.terminal.UsageException;
import dev.asrdoctor.config.ConfigException;
import dev.asrdoctor.config.Suggestion;
import dev.asrdoctor.diagnosis.Cause;
import dev.asrdoctor.diagnosis.ErrorCode;
import dev.asrdoctor.diagnosis.ErrorCodes;
import dev.asrdoctor.diagnosis.Knowledge;
import dev.asrdoctor.diagnosis.KnowledgeReader;
import dev.asrdoctor.product.Product;
import dev.asrdoctor.product.Products;
import dev.asrdoctor.report.model.Document;
import dev.asrdoctor.report.model.Report;
import dev.asrdoctor.report.model.Subject;
import dev.asrdoctor.report.view.CausePage;
import dev.asrdoctor.report.view.CheckPage;
import dev.asrdoctor.report.view.ErrorPage;
import dev.asrdoctor.report.view.ProductPage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
        name = "explain",
        description =
                "Tell why a check matters and how to fix what it finds, or what is known of a cause, an error code or a product.")
public final class ExplainCommand implements Callable<Integer> {
    private final Edges edges;

    @Spec
    CommandSpec spec;

    @Mixin
    Outputs output = new Outputs(Subject.KNOWLEDGE);

    @Parameters(
            index = "0",
            paramLabel = "CHECK|CAUSE|CODE",
            description = "Id of a check, the part of it before the dot, of a cause, or an error code such as 806.")
    String name = "";

    @Parameters(
            index = "1",
            arity = "0..1",
            paramLabel = "PRODUCT",
            description = "After the word product: which one, for example classic.")
    @Nullable String product;

    @Option(names = "--causes", paramLabel = "FILE", description = "Further causes, or others in place of those known.")
    @Nullable Path causes;

    @SuppressWarnings("NullAway.Init")
    public ExplainCommand(Edges edges) {
        this.edges = edges;
    }

    @Override
    public Integer call() throws UsageException, ConfigException, IOException {
        output.check();
        output.write(new Report(document()), spec.commandLine().getOut(), edges);
        return 0;
    }

    private Document document() throws UsageException, ConfigException {
        if (product != null) {
            return product(product);
        }
        Optional<Cause> cause = knowledge().cause(name);
        if (cause.isPresent()) {
            return CausePage.of(cause.get());
        }
        List<Check> found = Checks.all().stream()
                .filter(check -> check.id().equals(name) || check.id().startsWith(name + "."))
                .toList();
        Optional<ErrorCode> error = ErrorCodes.find(name);
        if (found.isEmpty() && error.isPresent()) {
            return ErrorPage.of(error.get());
        }
        if (found.isEmpty()) {
            throw new UsageException("no check, cause or error code is called '" + name + "'"
                    + CheckSelection.hint(name, knowledge().causes().keySet()));
        }
        return CheckPage.of(name, found.stream().map(Check::about).toList());
    }

    private Document product(String id) throws UsageException {
        List<String> known = Products.shipped().all().stream().map(Product::id).toList();
        if (!name.equals("product")) {
            throw new UsageException(
                    "one name is explained at a time; of a product: asrdoctor explain product " + known.getFirst());
        }
        Product found = Products.shipped()
                .byId(id)
                .orElseThrow(() -> new UsageException("no product is called '" + id + "'; known are "
                        + String.join(", ", known) + Suggestion.didYouMean(id, known)));
        return ProductPage.of(found);
    }

    private Knowledge knowledge() throws ConfigException {
        return causes == null ? KnowledgeReader.shipped() : KnowledgeReader.shippedWith(causes);
    }
}
