package dev.lookaside.client;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.concurrent.ThreadLocalRandom;
import org.junit.jupiter.api.Test;

final class ArchitectureTest {
  private static final JavaClasses CLIENT =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("dev.lookaside.client");

  @Test
  void tasksAndLoadsNeedNoFramework() {
    noClasses()
        .that()
        .resideInAnyPackage("..client.task..", "..client.load..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("org.springframework..", "picocli..", "..client.cli..")
        .check(CLIENT);
  }

  @Test
  void hasNoCycles() {
    slices().matching("dev.lookaside.client.(*)..").should().beFreeOfCycles().check(CLIENT);
  }

  @Test
  void timeAndChanceAreArguments() {
    noClasses()
        .should()
        .callMethod(System.class, "nanoTime")
        .orShould()
        .callMethod(System.class, "currentTimeMillis")
        .orShould()
        .dependOnClassesThat()
        .belongToAnyOf(ThreadLocalRandom.class, java.util.Random.class, java.time.Instant.class)
        .orShould()
        .callMethod(Thread.class, "sleep", long.class)
        .check(CLIENT);
  }
}
