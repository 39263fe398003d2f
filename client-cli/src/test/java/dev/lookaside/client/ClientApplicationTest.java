package dev.lookaside.client;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class ClientApplicationTest {

  @Test
  void runsTheCommandsFromItsContext() {
    try (FakeWorker worker = FakeWorker.done("w1");
        FakeBalancer balancer = FakeBalancer.of(worker)) {
      int code = ClientApplication.run("load", "--lb=" + balancer.address(), "--requests=3");

      assertThat(code).isZero();
      assertThat(worker.requests).hasSize(3);
    }
  }
}
