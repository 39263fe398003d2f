package dev.lookaside.worker.starter;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import org.junit.jupiter.api.Test;

class ArchitectureTest {
  private final JavaClasses classes =
      new ClassFileImporter()
          .withImportOption(new DoNotIncludeTests())
          .importPackages("dev.lookaside.worker.starter");

  @Test
  void packagesHaveNoCycles() {
    slices()
        .matching("dev.lookaside.worker.starter.(*)..")
        .should()
        .beFreeOfCycles()
        .check(classes);
  }

  @Test
  void theWireStaysInTheAdapters() {
    noClasses()
        .that()
        .resideInAnyPackage("..load..", "..config..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("com.google.protobuf..", "dev.lookaside.orca.v3..", "io.grpc..")
        .check(classes);
  }
}
