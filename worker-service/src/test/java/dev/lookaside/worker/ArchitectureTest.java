package dev.lookaside.worker;

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
          .importPackages("dev.lookaside.worker");

  @Test
  void packagesHaveNoCycles() {
    slices().matching("dev.lookaside.worker.(*)..").should().beFreeOfCycles().check(classes);
  }

  @Test
  void protobufStaysInTheAdapters() {
    noClasses()
        .that()
        .resideInAnyPackage(
            "dev.lookaside.worker.task..",
            "dev.lookaside.worker.execution..",
            "dev.lookaside.worker.config..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "com.google.protobuf..", "dev.lookaside.orca.v3..", "dev.lookaside.v1..", "io.grpc..")
        .check(classes);
  }

  @Test
  void tasksNeedNoFramework() {
    noClasses()
        .that()
        .resideInAnyPackage("dev.lookaside.worker.task..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("org.springframework..", "io.micrometer..", "dev.lookaside.registry..")
        .check(classes);
  }
}
