package dev.lookaside.registry;

import static dev.lookaside.testing.arch.Foreign.ETCD;
import static dev.lookaside.testing.arch.Foreign.GRPC;
import static dev.lookaside.testing.arch.Foreign.NETTY;
import static dev.lookaside.testing.arch.Foreign.SPRING;

import dev.lookaside.testing.arch.ArchRules;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

final class ArchitectureTest {

  @TestFactory
  Stream<DynamicTest> keepsItsShape() {
    return ArchRules.of("dev.lookaside.registry")
        .arrow("view", "control", "loop")
        .arrow("control")
        .arrow("address")
        .arrow("loop")
        .everywhere()
        .avoids(ETCD, GRPC, NETTY, SPRING)
        .everywhere()
        .readsNoClock()
        .everywhere()
        .isFinal()
        .tests();
  }
}
