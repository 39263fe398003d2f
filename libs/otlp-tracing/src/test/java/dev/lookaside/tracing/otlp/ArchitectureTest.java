package dev.lookaside.tracing.otlp;

import static dev.lookaside.testing.arch.Foreign.SPRING;

import dev.lookaside.testing.arch.ArchRules;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

final class ArchitectureTest {

  @TestFactory
  Stream<DynamicTest> keepsItsShape() {
    return ArchRules.of("dev.lookaside.tracing.otlp")
        .outside("spring")
        .avoids(SPRING)
        .everywhere()
        .readsNoClock()
        .everywhere()
        .isFinal()
        .tests();
  }
}
