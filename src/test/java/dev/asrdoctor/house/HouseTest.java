package dev.asrdoctor.house;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The picture of the house: which package may know which. */
class HouseTest {
    private static final String ROOT = "dev.asrdoctor.";
    private static final JavaClasses HOUSE = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("dev.asrdoctor");

    @ParameterizedTest(name = "{0} knows only: {1}")
    @CsvSource(
            delimiter = '|',
            nullValues = "-",
            value = {
                "text             | -",
                "file             | -",
                "config           | -",
                "facts            | -",
                "product          | config",
                "inventory        | config product",
                "remoting         | -",
                "remoting.ntlm    | -",
                "remoting.gss     | remoting",
                "remoting.wsman   | remoting remoting.ntlm remoting.gss",
                "remoting.winrm4j | remoting remoting.wsman",
                "remoting.local   | remoting",
                "policy           | inventory config",
                "probe            | facts remoting product",
                "connect          | inventory remoting remoting.wsman probe",
                "check            | facts inventory config policy product",
                "diagnosis        | check inventory config policy product",
                "store            | facts inventory",
                "store.file       | store facts inventory file product",
                "fleet            | store connect probe remoting facts inventory policy",
                "assess           | store fleet probe remoting facts inventory policy check diagnosis product",
                "change           | store assess fleet check facts inventory config policy file product",
                "remedy           | store assess fleet probe remoting check facts inventory config policy change file product",
                "report           | change check",
                "report.model     | -",
                "report.view      | report report.model store connect check facts inventory policy remedy diagnosis change"
                        + " product",
                "report.json      | report report.model store connect check facts inventory remedy diagnosis change product",
                "report.format    | report.model facts",
                "cli.state        | store store.file file cli.terminal",
                "cli.terminal     | store change config connect file fleet inventory remedy remoting report",
                "cli.options      | cli.state store cli.terminal assess change check config file fleet inventory policy remedy"
                        + " remoting report report.format report.json report.model report.view",
                "cli.check        | cli.state store cli.options cli.terminal assess change check config diagnosis facts file fleet"
                        + " inventory policy product remoting report report.format report.json report.model report.view",
                "cli.change       | cli.state store cli.options cli.terminal change config fleet inventory policy remedy remoting"
                        + " report report.format report.json report.model report.view",
                "cli.remedy       | cli.state store cli.options cli.terminal assess change check connect file fleet inventory policy"
                        + " remedy remoting report report.format report.json report.model report.view",
                "cli.inventory    | cli.options cli.terminal config file inventory policy remedy"
                        + " report report.format report.json report.model report.view",
                "cli.connect      | cli.options cli.terminal change config connect fleet inventory policy remoting"
                        + " report report.format report.json report.model report.view",
                "cli.apart        | cli.terminal",
                "cli.lab          | cli.apart cli.state store cli.check cli.options cli.remedy cli.terminal assess change facts file fleet"
                        + " inventory lab policy remedy report report.format report.json report.model report.view",
                "cli              | cli.options cli.terminal cli.apart cli.check cli.change cli.remedy cli.inventory cli.connect file"
                        + " connect inventory remoting report",
                "lab              | lab.command lab.pwsh lab.wsman config facts file inventory product",
                "lab.command      | -",
                "lab.pwsh         | lab.command",
                "lab.wsman        | lab.command remoting.gss remoting.ntlm",
            })
    void arrowsPointOneWay(String room, String known) {
        String[] allowed = Stream.concat(
                        Stream.of(ROOT + room, ROOT + "text"),
                        known == null
                                ? Stream.empty()
                                : Stream.of(known.split(" ")).map(ROOT::concat))
                .toArray(String[]::new);
        classes()
                .that()
                .resideInAPackage(ROOT + room)
                .should()
                .onlyDependOnClassesThat(
                        not(resideInAPackage("dev.asrdoctor..")).or(resideInAnyPackage(allowed)))
                .because("the house has one way through it")
                .allowEmptyShould(true)
                .check(HOUSE);
    }

    /** A package that the table leaves out would be held by nothing. */
    @Test
    void everyRoomHasItsRow() throws Exception {
        Set<String> rows = Stream.of(HouseTest.class
                        .getDeclaredMethod("arrowsPointOneWay", String.class, String.class)
                        .getAnnotation(CsvSource.class)
                        .value())
                .map(row -> row.split("\\|")[0].strip())
                .collect(Collectors.toSet());
        Set<String> rooms = HOUSE.stream()
                .map(type -> type.getPackageName().substring("dev.asrdoctor".length()))
                .filter(room -> !room.isEmpty())
                .map(room -> room.substring(1))
                .collect(Collectors.toSet());
        assertThat(rows).containsExactlyInAnyOrderElementsOf(rooms);
    }

    @Test
    void aKindOfStoreIsKnownOnlyWhereItIsChosen() {
        noClasses()
                .that()
                .resideOutsideOfPackages(ROOT + "store.file", ROOT + "cli.state")
                .should()
                .dependOnClassesThat()
                .resideInAPackage(ROOT + "store.file")
                .because("another kind takes its place without touching anything else")
                .check(HOUSE);
    }

    /** They lie in a jar of their own beside the program, and its entrance is found by its name. */
    @Test
    void nothingKnowsTheLabOrItsLibraries() {
        noClasses()
                .that()
                .resideOutsideOfPackages(ROOT + "lab..", ROOT + "cli.lab")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(ROOT + "lab..", ROOT + "cli.lab", "org.bouncycastle..")
                .check(HOUSE);
    }

    /** The rooms that are loaded apart are the only ones that see the libraries which lie there. */
    @ParameterizedTest(name = "only {0} knows {1}")
    @CsvSource(
            delimiter = '|',
            value = {
                "remoting.winrm4j | io.cloudsoft.. org.apache.cxf.. org.apache.http.. javax.xml.ws.. javax.xml.soap..",
                "remoting.local   | com.profesorfalken..",
            })
    void librariesOfATransportStayInItsRoom(String room, String libraries) {
        noClasses()
                .that()
                .resideOutsideOfPackage(ROOT + room)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(libraries.split(" "))
                .because("they are not on the class path of the program")
                .check(HOUSE);
        classes()
                .that()
                .resideOutsideOfPackage(ROOT + room)
                .should()
                .onlyDependOnClassesThat(not(resideInAPackage(ROOT + room)))
                .because("it is found by its name")
                .check(HOUSE);
    }

    @Test
    void onlyTheCommandsPrintAndExit() {
        noClasses()
                .that()
                .resideOutsideOfPackage(ROOT + "cli..")
                .should()
                .accessField(System.class, "out")
                .orShould()
                .accessField(System.class, "err")
                .orShould()
                .callMethod(System.class, "exit", int.class)
                .orShould()
                .callMethod(Runtime.class, "halt", int.class)
                .orShould()
                .callMethod(Throwable.class, "printStackTrace")
                .check(HOUSE);
    }

    @Test
    void packagesHaveNoCircles() {
        slices().matching("dev.asrdoctor.(**)").should().beFreeOfCycles().check(HOUSE);
    }

    @Test
    void noMonitorIsHeldAroundInputOrOutput() {
        noClasses()
                .should()
                .callMethod(Object.class, "wait")
                .orShould()
                .callMethod(Object.class, "notifyAll")
                .check(HOUSE);
        classes()
                .should(new com.tngtech.archunit.lang.ArchCondition<>("have no synchronized methods") {
                    @Override
                    public void check(
                            com.tngtech.archunit.core.domain.JavaClass item,
                            com.tngtech.archunit.lang.ConditionEvents events) {
                        item.getMethods().stream()
                                .filter(m -> m.getModifiers()
                                        .contains(com.tngtech.archunit.core.domain.JavaModifier.SYNCHRONIZED))
                                .forEach(m -> events.add(com.tngtech.archunit.lang.SimpleConditionEvent.violated(
                                        m, m.getFullName() + " is synchronized")));
                    }
                })
                .check(HOUSE);
    }
}
