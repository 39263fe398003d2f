package dev.lookaside.tls;

import static dev.lookaside.testing.arch.Foreign.ETCD;
import static dev.lookaside.testing.arch.Foreign.NETTY;
import static dev.lookaside.testing.arch.Foreign.SPRING;

import dev.lookaside.testing.arch.ArchRules;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

final class ArchitectureTest {

  @TestFactory
  Stream<DynamicTest> keepsItsShape() {
    return ArchRules.of("dev.lookaside.tls")
        .arrow("spring", "")
        .arrow("development", "")
        .arrow("")
        .outside("spring")
        .avoids(SPRING)
        .everywhere()
        .avoids(ETCD, NETTY)
        .everywhere()
        .readsNoClock()
        .everywhere()
        .isFinal()
        .tests();
  }
}
