package dev.lookaside.lb;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

class ArchitectureTest {
  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("dev.lookaside.lb");

  @Test
  void packagesHaveNoCycles() {
    slices().matching("dev.lookaside.lb.(*)..").should().beFreeOfCycles().check(CLASSES);
  }

  @Test
  void onlyAdaptersKnowTheWire() {
    noClasses()
        .that()
        .resideInAnyPackage("..config..", "..ops..", "..traffic..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "com.google.protobuf..", "dev.lookaside.orca.v3..", "dev.lookaside.v1..")
        .check(CLASSES);
  }

  @Test
  void onlyTheRegistryAdapterAndTheWiringKnowTheRegistry() {
    noClasses()
        .that()
        .resideInAnyPackage(
            "..lb.load..",
            "..lb.ops..",
            "..lb.pick..",
            "..lb.report..",
            "..lb.rpc..",
            "..lb.subscribe..",
            "..lb.traffic..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("dev.lookaside.registry..", "io.etcd..")
        .check(CLASSES);
  }

  @Test
  void timeComesFromTheTicker() {
    noClasses()
        .should()
        .callMethod(System.class, "nanoTime")
        .orShould()
        .callMethod(System.class, "currentTimeMillis")
        .orShould()
        .callMethod(Thread.class, "sleep", long.class)
        .check(CLASSES);
  }
}
