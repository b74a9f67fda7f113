package dev.asrdoctor.house;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.List;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.xpath.XPathConstants;
import javax.xml.xpath.XPathFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.w3c.dom.Document;
import org.w3c.dom.NodeList;

/** A class that moves away from the profile "mutation" would be mutated no more, and nobody would notice. */
class MutatedClassesTest {
    private static final Path ROOT = Path.of(System.getProperty("project.root", "."));
    private static final String SEPARATOR = FileSystems.getDefault().getSeparator();

    @ParameterizedTest
    @ValueSource(strings = {"targetClasses", "targetTests", "excludedTestClasses"})
    void everyNameInTheProfileIsThatOfAClass(String setting) throws Exception {
        List<String> classes =
                Stream.concat(names("src/main/java"), names("src/test/java")).toList();

        assertThat(globs(setting)).allSatisfy(glob -> {
            PathMatcher matcher = FileSystems.getDefault().getPathMatcher("glob:" + glob);
            assertThat(classes).as(glob).anyMatch(name -> matcher.matches(Path.of(name)));
        });
    }

    private static List<String> globs(String setting) throws Exception {
        Document pom = DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(ROOT.resolve("pom.xml").toFile());
        NodeList found = (NodeList) XPathFactory.newInstance()
                .newXPath()
                .evaluate("//profile[id='mutation']//" + setting + "/param", pom, XPathConstants.NODESET);
        List<String> globs = Stream.iterate(0, i -> i < found.getLength(), i -> i + 1)
                .map(i -> found.item(i).getTextContent())
                .toList();
        assertThat(globs).as(setting).isNotEmpty();
        return globs;
    }

    private static Stream<String> names(String folder) throws IOException {
        Path top = ROOT.resolve(folder);
        try (Stream<Path> files = Files.walk(top)) {
            return files
                    .filter(file -> file.toString().endsWith(".java"))
                    .map(file -> top.relativize(file).toString())
                    .map(name ->
                            name.substring(0, name.length() - ".java".length()).replace(SEPARATOR, "."))
                    .toList()
                    .stream();
        }
    }
}
