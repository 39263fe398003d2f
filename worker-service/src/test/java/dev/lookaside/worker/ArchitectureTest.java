package dev.lookaside.worker;

import static dev.lookaside.testing.arch.Foreign.GRPC;
import static dev.lookaside.testing.arch.Foreign.LOOKASIDE_REGISTRY;
import static dev.lookaside.testing.arch.Foreign.MICROMETER;
import static dev.lookaside.testing.arch.Foreign.PROTOBUF;
import static dev.lookaside.testing.arch.Foreign.SPRING;

import dev.lookaside.testing.arch.ArchRules;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

final class ArchitectureTest {

  @TestFactory
  Stream<DynamicTest> keepsItsShape() {
    return ArchRules.of("dev.lookaside.worker")
        .in("task", "execution", "config")
        .avoids(PROTOBUF, GRPC)
        .in("task")
        .avoids(SPRING, MICROMETER, LOOKASIDE_REGISTRY)
        .tests();
  }
}
