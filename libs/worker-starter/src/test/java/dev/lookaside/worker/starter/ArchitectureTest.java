package dev.lookaside.worker.starter;

import static dev.lookaside.testing.arch.Foreign.GRPC;
import static dev.lookaside.testing.arch.Foreign.PROTOBUF;

import dev.lookaside.testing.arch.ArchRules;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

final class ArchitectureTest {

  @TestFactory
  Stream<DynamicTest> keepsItsShape() {
    return ArchRules.of("dev.lookaside.worker.starter")
        .in("load", "config")
        .avoids(PROTOBUF, GRPC)
        .tests();
  }
}
