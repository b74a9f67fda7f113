package dev.asrdoctor.house;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The three layers within the WinRM client (docs/adr/0005): a shell, WS-Management, HTTP with authentication and sealing. */
class LayersTest {
    private static final String WSMAN = "dev.asrdoctor.remoting.wsman";
    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("dev.asrdoctor.remoting");

    private static final Set<String> SHELL = Set.of("CmdShell", "Pace");
    private static final Set<String> MANAGEMENT = Set.of(
            "Envelope",
            "Envelopes",
            "EnvelopeReader",
            "XmlReader",
            "MalformedEnvelopeException",
            "MessageIds",
            "ShellType",
            "WsmanAnswer",
            "WsmanFault",
            "Words");
    /** What a shell is given: where envelopes go, how long an answer may take, how patient to be. */
    private static final Set<String> SEAM = Set.of("Carrier", "Exchange", "WsmanSettings");

    /** Bytes in, events out, in the layer of HTTP and authentication too. */
    private static final Set<String> PURE_BELOW =
            Set.of("AuthChallenge", "EncryptedMultipart", "HttpHeaders", "HttpRequests");

    @Test
    void theNamedClassesAreThere() {
        Set<String> there = CLASSES.stream()
                .filter(resideInAPackage(WSMAN))
                .map(JavaClass::getSimpleName)
                .collect(Collectors.toSet());
        assertThat(there)
                .containsAll(SHELL)
                .containsAll(MANAGEMENT)
                .containsAll(SEAM)
                .containsAll(PURE_BELOW);
    }

    @Test
    void aShellSeesWsManagementAndACarrierAlone() {
        classes()
                .that(are(SHELL))
                .should()
                .onlyDependOnClassesThat(are(union(SHELL, MANAGEMENT, SEAM))
                        .or(resideInAnyPackage("dev.asrdoctor.remoting", "java.."))
                        .or(annotations()))
                .because("another kind of shell takes its place without touching what is below")
                .check(CLASSES);
    }

    @Test
    void wsManagementSeesNothingOfHttpAuthenticationOrShells() {
        classes()
                .that(are(MANAGEMENT))
                .should()
                .onlyDependOnClassesThat(are(MANAGEMENT)
                        .or(resideInAnyPackage("dev.asrdoctor.remoting", "java..", "org.apache.commons.lang3.."))
                        .or(annotations()))
                .check(CLASSES);
    }

    @Test
    void protocolsAreFreeOfInputAndOutput() {
        noClasses()
                .that(are(union(SHELL, MANAGEMENT, PURE_BELOW)).or(resideInAPackage("dev.asrdoctor.remoting.ntlm")))
                .should()
                .dependOnClassesThat(resideInAnyPackage("java.net", "java.nio.file", "javax.net..", "java.nio.channels")
                        .and(describe(
                                "are not the addresses of things",
                                type -> !type.getSimpleName().startsWith("URI")))
                        .or(describe(
                                "are streams to somewhere",
                                type -> Set.of("InputStream", "OutputStream", "File")
                                        .contains(type.getSimpleName()))))
                .because("bytes go in and events come out")
                .check(CLASSES);
    }

    @Test
    void onlyTheConnectionAndTheDialerTouchSockets() {
        noClasses()
                .that(are(union(SHELL, MANAGEMENT, Set.of("Channel", "ChannelOpener", "Exchange", "WsmanSession"))))
                .should()
                .dependOnClassesThat(
                        describe("are sockets", type -> type.getSimpleName().endsWith("Socket")))
                .check(CLASSES);
    }

    private static DescribedPredicate<JavaClass> are(Set<String> names) {
        return describe("are " + names, type -> {
            JavaClass element = type.getBaseComponentType();
            return element.getPackageName().equals(WSMAN)
                    && names.contains(outermost(element).getSimpleName());
        });
    }

    private static JavaClass outermost(JavaClass type) {
        return type.getEnclosingClass().map(LayersTest::outermost).orElse(type);
    }

    private static DescribedPredicate<JavaClass> annotations() {
        return resideInAPackage("org.jspecify.annotations");
    }

    @SafeVarargs
    private static Set<String> union(Set<String>... sets) {
        return Stream.of(sets).flatMap(Set::stream).collect(Collectors.toSet());
    }
}
