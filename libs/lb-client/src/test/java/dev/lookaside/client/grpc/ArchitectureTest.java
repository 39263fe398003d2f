package dev.lookaside.client.grpc;

import static dev.lookaside.testing.arch.Foreign.GRPC_INTERNALS;
import static dev.lookaside.testing.arch.Foreign.GUAVA;
import static dev.lookaside.testing.arch.Foreign.NETTY;
import static dev.lookaside.testing.arch.Foreign.SPRING;

import dev.lookaside.testing.arch.ArchRules;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

final class ArchitectureTest {

  @TestFactory
  Stream<DynamicTest> keepsItsShape() {
    return ArchRules.of("dev.lookaside.client.grpc")
        .outside("spring")
        .avoids(SPRING)
        .everywhere()
        .avoids(GRPC_INTERNALS, NETTY, GUAVA)
        .everywhere()
        .readsNoClock()
        .everywhere()
        .isFinal()
        .tests();
  }
}
