package dev.lookaside.core;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.equivalentTo;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaModifier;
import dev.lookaside.core.policy.Policies;
import dev.lookaside.core.policy.Policy;
import dev.lookaside.core.policy.Replay;
import dev.lookaside.testing.arch.ArchRules;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** The shape of the core, as docs/architecture.md draws it. */
final class ArchitectureTest {

  @TestFactory
  Stream<DynamicTest> keepsItsShape() {
    return ArchRules.of("dev.lookaside.core")
        .arrow("policy", "load", "endpoint", "time", "check", "concurrent")
        .arrow("control", "load", "endpoint", "check")
        .arrow("load", "witness", "endpoint", "time", "check", "concurrent")
        .arrow("witness")
        .arrow("endpoint", "time", "check")
        .arrow("time", "check")
        .arrow("check")
        .arrow("concurrent", "time")
        .everywhere()
        .usesOnly("java..", "org.jspecify.annotations..")
        .outside("time")
        .readsNoClock()
        .rule(
            classes()
                .that()
                .implement(Policy.class)
                .should()
                .haveModifier(JavaModifier.FINAL)
                .andShould()
                .onlyHaveDependentClassesThat(
                    equivalentTo(Policies.class)
                        .or(equivalentTo(Replay.class))
                        .or(assignableTo(Policy.class))
                        .or(isInSubPackage()))
                .because("policies hide behind their factory"))
        .rule(
            classes()
                .that()
                .implement(Policy.class)
                .and()
                .resideInAPackage("dev.lookaside.core.policy")
                .should()
                .bePackagePrivate())
        .tests();
  }

  /** One algorithm's own files, which Java lets only be public or scattered. */
  private static DescribedPredicate<JavaClass> isInSubPackage() {
    return resideInAPackage("dev.lookaside.core.policy.*..");
  }
}
