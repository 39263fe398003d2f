package dev.lookaside.client;

import static dev.lookaside.testing.arch.Foreign.PICOCLI;
import static dev.lookaside.testing.arch.Foreign.SPRING;

import dev.lookaside.testing.arch.ArchRules;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

final class ArchitectureTest {

  @TestFactory
  Stream<DynamicTest> keepsItsShape() {
    return ArchRules.of("dev.lookaside.client")
        .in("task", "load", "record", "xds")
        .avoids(SPRING, PICOCLI)
        .everywhere()
        .readsNoClock()
        .tests();
  }
}
