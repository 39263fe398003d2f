package dev.lookaside.simulator;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import dev.lookaside.testing.arch.ArchRules;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

final class ArchitectureTest {

  @TestFactory
  Stream<DynamicTest> keepsItsShape() {
    return ArchRules.of("dev.lookaside.simulator")
        .arrow("", "report", "recording", "strategy", "scenario", "trace", "engine")
        .arrow("report", "recording", "run", "strategy", "scenario", "engine")
        .arrow("run", "strategy", "fleet", "scenario", "trace", "engine")
        .arrow("strategy", "fleet", "scenario", "engine")
        .arrow("fleet", "scenario", "engine")
        .arrow("recording", "scenario", "trace")
        .arrow("scenario", "trace")
        .in("engine", "fleet", "strategy", "recording", "run")
        .readsNoClock()
        .rule(
            noClasses()
                .that()
                .doNotHaveSimpleName("CoreBalancer")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("dev.lookaside.core.balancer")
                .because("one adapter knows the balancers of the core"))
        .tests();
  }
}
