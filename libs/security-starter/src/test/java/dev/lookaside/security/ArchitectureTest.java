package dev.lookaside.security;

import static dev.lookaside.testing.arch.Foreign.ETCD;
import static dev.lookaside.testing.arch.Foreign.SPRING;

import dev.lookaside.testing.arch.ArchRules;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

final class ArchitectureTest {

  @TestFactory
  Stream<DynamicTest> keepsItsShape() {
    return ArchRules.of("dev.lookaside.security")
        .in("identity", "rights", "audit")
        .avoids(SPRING)
        .everywhere()
        .avoids(ETCD)
        .everywhere()
        .readsNoClock()
        .tests();
  }
}
