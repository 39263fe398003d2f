package dev.lookaside.lb;

import static dev.lookaside.testing.arch.Foreign.ETCD;
import static dev.lookaside.testing.arch.Foreign.GRPC;
import static dev.lookaside.testing.arch.Foreign.LOOKASIDE_REGISTRY;
import static dev.lookaside.testing.arch.Foreign.PROTOBUF;

import dev.lookaside.testing.arch.ArchRules;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

final class ArchitectureTest {

  @TestFactory
  Stream<DynamicTest> keepsItsShape() {
    return ArchRules.of("dev.lookaside.lb")
        .in("config", "ops", "traffic")
        .avoids(PROTOBUF)
        .in(
            "csds",
            "load",
            "lrs",
            "names",
            "ops",
            "pick",
            "proof",
            "push",
            "report",
            "rpc",
            "subscribe",
            "traffic",
            "xds")
        .avoids(LOOKASIDE_REGISTRY, ETCD)
        .in("admin")
        .avoids(PROTOBUF, GRPC, ETCD)
        .everywhere()
        .readsNoClock()
        .tests();
  }
}
