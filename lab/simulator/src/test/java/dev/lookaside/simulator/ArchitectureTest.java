package dev.lookaside.simulator;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

class ArchitectureTest {
  private static final String ROOT = "dev.lookaside.simulator";

  private final JavaClasses classes =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages(ROOT);

  @Test
  void dependenciesPointOneWay() {
    layeredArchitecture()
        .consideringOnlyDependenciesInLayers()
        .layer("command line")
        .definedBy(ROOT)
        .layer("report")
        .definedBy(ROOT + ".report")
        .layer("run")
        .definedBy(ROOT + ".run")
        .layer("strategy")
        .definedBy(ROOT + ".strategy")
        .layer("fleet")
        .definedBy(ROOT + ".fleet")
        .whereLayer("command line")
        .mayNotBeAccessedByAnyLayer()
        .whereLayer("report")
        .mayOnlyBeAccessedByLayers("command line")
        .whereLayer("run")
        .mayOnlyBeAccessedByLayers("report")
        .whereLayer("strategy")
        .mayOnlyBeAccessedByLayers("run", "report", "command line")
        .whereLayer("fleet")
        .mayOnlyBeAccessedByLayers("strategy", "run")
        .check(classes);
  }

  @Test
  void onlyTheAdapterKnowsTheBalancersOfTheCore() {
    noClasses()
        .that()
        .doNotHaveSimpleName("CoreBalancer")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("dev.lookaside.core.balancer")
        .check(classes);
  }

  @Test
  void theSimulatedWorldReadsNoClockAndNoSharedChance() {
    noClasses()
        .that()
        .resideInAnyPackage(ROOT + ".engine", ROOT + ".fleet", ROOT + ".strategy", ROOT + ".run")
        .should()
        .callMethod(System.class, "nanoTime")
        .orShould()
        .callMethod(System.class, "currentTimeMillis")
        .orShould()
        .callMethod(Math.class, "random")
        .orShould()
        .dependOnClassesThat()
        .haveFullyQualifiedName("java.util.concurrent.ThreadLocalRandom")
        .check(classes);
  }
}
