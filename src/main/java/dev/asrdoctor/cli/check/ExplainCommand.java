package dev.asrdoctor.cli.check;

import dev.asrdoctor.check.Check;
import dev.asrdoctor.check.CheckSelection;
import dev.asrdoctor.check.Checks;
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
import dev.asrdoctor.report.CausePage;
import dev.asrdoctor.report.CheckPage;
import dev.asrdoctor.report.ErrorPage;
import dev.asrdoctor.report.ProductPage;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
        name = "explain",
        description =
                "Tell why a check matters and how to fix what it finds, or what is known of a cause, an error code or a product.")
public final class ExplainCommand implements Callable<Integer> {
    @Spec
    CommandSpec spec;

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
    public ExplainCommand() {}

    @Override
    public Integer call() throws UsageException, ConfigException {
        if (product != null) {
            return explain(product);
        }
        List<Check> found = Checks.all().stream()
                .filter(check -> check.id().equals(name) || check.id().startsWith(name + "."))
                .toList();
        PrintWriter out = spec.commandLine().getOut();
        Optional<Cause> cause = knowledge().cause(name);
        if (cause.isPresent()) {
            out.print(CausePage.of(cause.get()));
            return 0;
        }
        Optional<ErrorCode> error = ErrorCodes.find(name);
        if (found.isEmpty() && error.isPresent()) {
            out.print(ErrorPage.of(error.get()));
            return 0;
        }
        if (found.isEmpty()) {
            throw new UsageException("no check, cause or error code is called '" + name + "'"
                    + CheckSelection.hint(name, knowledge().causes().keySet()));
        }
        for (int i = 0; i < found.size(); i++) {
            if (i > 0) {
                out.println();
            }
            out.print(CheckPage.of(found.get(i).about()));
        }
        return 0;
    }

    private int explain(String id) throws UsageException {
        List<String> known = Products.shipped().all().stream().map(Product::id).toList();
        if (!name.equals("product")) {
            throw new UsageException(
                    "one name is explained at a time; of a product: asrdoctor explain product " + known.getFirst());
        }
        Product found = Products.shipped()
                .byId(id)
                .orElseThrow(() -> new UsageException("no product is called '" + id + "'; known are "
                        + String.join(", ", known) + Suggestion.didYouMean(id, known)));
        spec.commandLine().getOut().print(ProductPage.of(found));
        return 0;
    }

    private Knowledge knowledge() throws ConfigException {
        return causes == null ? KnowledgeReader.shipped() : KnowledgeReader.shippedWith(causes);
    }
}
