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
        .arrow("registrar", "jetcd", "signature", "codec", "store", "loop", "address", "")
        .arrow(
            "watch",
            "jetcd",
            "signature",
            "codec",
            "control",
            "store",
            "view",
            "loop",
            "address",
            "")
        .arrow("change", "jetcd", "codec", "control", "store", "")
        .arrow("jetcd", "store", "")
        .arrow("signature", "codec", "store", "view", "")
        .arrow("codec", "control", "store", "address", "")
        .arrow("control")
        .arrow("store")
        .arrow("view", "control", "loop")
        .arrow("address")
        .arrow("loop")
        .arrow("")
        .outside("jetcd")
        .avoids(ETCD, GRPC, NETTY)
        .everywhere()
        .avoids(SPRING)
        .everywhere()
        .readsNoClock()
        .everywhere()
        .isFinal()
        .tests();
  }
}
