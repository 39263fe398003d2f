package dev.lookaside.core;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.equivalentTo;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import dev.lookaside.core.policy.Policies;
import dev.lookaside.core.policy.Policy;
import java.util.concurrent.ThreadLocalRandom;
import org.junit.jupiter.api.Test;

/** The shape of the core, as docs/architecture.md draws it. */
final class ArchitectureTest {
  private static final JavaClasses CORE =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("dev.lookaside.core");

  @Test
  void dependenciesPointFromBalancerToTime() {
    layeredArchitecture()
        .consideringOnlyDependenciesInLayers()
        .layer("balancer")
        .definedBy("..core.balancer..")
        .layer("policy")
        .definedBy("..core.policy..")
        .layer("load")
        .definedBy("..core.load..")
        .layer("endpoint")
        .definedBy("..core.endpoint..")
        .layer("time")
        .definedBy("..core.time..")
        .whereLayer("balancer")
        .mayNotBeAccessedByAnyLayer()
        .whereLayer("policy")
        .mayOnlyBeAccessedByLayers("balancer")
        .whereLayer("load")
        .mayOnlyBeAccessedByLayers("policy", "balancer")
        .whereLayer("endpoint")
        .mayOnlyBeAccessedByLayers("load", "policy", "balancer")
        .check(CORE);
  }

  @Test
  void hasNoCycles() {
    slices().matching("dev.lookaside.core.(*)..").should().beFreeOfCycles().check(CORE);
  }

  @Test
  void knowsNothingButJava() {
    classes()
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage("dev.lookaside.core..", "java..", "org.jspecify.annotations..")
        .check(CORE);
  }

  @Test
  void timeAndChanceComeFromTheTimePackageOnly() {
    noClasses()
        .that()
        .resideOutsideOfPackage("..core.time..")
        .should()
        .callMethod(System.class, "nanoTime")
        .orShould()
        .callMethod(System.class, "currentTimeMillis")
        .orShould()
        .dependOnClassesThat()
        .belongToAnyOf(
            ThreadLocalRandom.class,
            java.util.Random.class,
            java.time.Instant.class,
            java.time.Clock.class)
        .orShould()
        .callMethod(Thread.class, "sleep", long.class)
        .orShould()
        .callMethod(Math.class, "random")
        .check(CORE);
  }

  @Test
  void policiesHideBehindTheFactory() {
    classes()
        .that()
        .implement(Policy.class)
        .should()
        .haveModifier(JavaModifier.FINAL)
        .andShould()
        .onlyHaveDependentClassesThat(
            equivalentTo(Policies.class).or(assignableTo(Policy.class)).or(isInSubPackage()))
        .check(CORE);
    classes()
        .that()
        .implement(Policy.class)
        .and()
        .resideInAPackage("dev.lookaside.core.policy")
        .should()
        .bePackagePrivate()
        .check(CORE);
  }

  /** One algorithm's own files, which Java lets only be public or scattered. */
  private static DescribedPredicate<JavaClass> isInSubPackage() {
    return resideInAPackage("dev.lookaside.core.policy.*..");
  }
}
