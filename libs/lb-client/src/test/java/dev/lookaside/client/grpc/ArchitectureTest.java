package dev.lookaside.client.grpc;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.concurrent.ThreadLocalRandom;
import org.junit.jupiter.api.Test;

final class ArchitectureTest {
  private static final JavaClasses OURS =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("dev.lookaside.client.grpc");

  @Test
  void onlyItsAutoConfigurationKnowsSpring() {
    noClasses()
        .that()
        .resideOutsideOfPackage("..grpc.spring..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("org.springframework..", "..grpc.spring..")
        .check(OURS);
  }

  @Test
  void standsOnThePublicFaceOfGrpcAlone() {
    noClasses()
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "io.grpc.internal..", "io.grpc.netty..", "io.netty..", "com.google.common..")
        .check(OURS);
  }

  @Test
  void hasNoCycles() {
    slices().matching("dev.lookaside.client.grpc.(*)..").should().beFreeOfCycles().check(OURS);
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
        .check(OURS);
  }

  @Test
  void isMadeOfFinalTypes() {
    classes()
        .that()
        .areNotInterfaces()
        .and()
        .areNotAnonymousClasses()
        .and()
        .areNotEnums()
        .and()
        .doNotHaveSimpleName("package-info")
        .should()
        .haveModifier(JavaModifier.FINAL)
        .check(OURS);
  }
}
