package dev.asrdoctor.house;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
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
                "config           | -",
                "inventory        | config",
                "facts            | -",
                "remoting         | -",
                "remoting.ntlm    | -",
                "remoting.gss     | remoting",
                "remoting.wsman   | remoting remoting.ntlm remoting.gss",
                "remoting.winrm4j | remoting remoting.wsman",
                "remoting.local   | remoting",
                "probe            | facts remoting",
                "connect          | inventory remoting remoting.wsman probe",
                "policy           | inventory config",
                "check            | facts inventory config policy",
                "diagnosis        | check inventory config policy",
                "file             | -",
                "fleet            | connect probe remoting facts inventory policy file",
                "assess           | fleet probe remoting facts inventory policy check diagnosis file",
                "change           | assess fleet check facts inventory config policy file",
                "remedy           | assess fleet probe remoting check facts inventory config policy change file",
                "report           | connect policy check facts inventory remedy fleet diagnosis change",
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

    @Test
    void nothingButTheCommandsKnowsTheLab() {
        noClasses()
                .that()
                .resideOutsideOfPackages(ROOT + "lab..", ROOT + "cli.lab")
                .should()
                .dependOnClassesThat()
                .resideInAPackage(ROOT + "lab..")
                .allowEmptyShould(true)
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
