package dev.lookaside.registry.kubernetes;

import static dev.lookaside.testing.arch.Foreign.ETCD;
import static dev.lookaside.testing.arch.Foreign.GRPC;
import static dev.lookaside.testing.arch.Foreign.SPRING;

import dev.lookaside.testing.arch.ArchRules;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

final class ArchitectureTest {

  @TestFactory
  Stream<DynamicTest> keepsItsShape() {
    return ArchRules.of("dev.lookaside.registry")
        .arrow("kubernetes", "view", "loop", "address")
        .everywhere()
        .avoids(ETCD, GRPC, SPRING)
        .everywhere()
        .readsNoClock()
        .everywhere()
        .isFinal()
        .tests();
  }
}
