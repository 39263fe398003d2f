package dev.lookaside.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.lookaside.limits.PeerGuard;
import dev.lookaside.orca.v3.OpenRcaServiceGrpc;
import dev.lookaside.testing.fuzz.Fuzz;
import dev.lookaside.v1.WorkerGrpc;
import dev.lookaside.worker.execution.RequestLimit;
import io.grpc.health.v1.HealthGrpc;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/** Whatever a client sends, the answer says whose fault it is, and nothing of it stays. */
@ExtendWith(OutputCaptureExtension.class)
class WorkerFuzzTest {
  private static final long SEED = 20_261_127;

  @Test
  void nonsenseIsRefusedAsTheClientsFaultAndLeavesNothing(CapturedOutput output) {
    try (RunningWorker worker = RunningWorker.start()) {
      long before = output.getAll().lines().count();
      int each = Fuzz.messages() / 9;

      Fuzz fuzz =
          new Fuzz(worker.port(), SEED)
              .run(WorkerGrpc.getServiceDescriptor(), each)
              .run(OpenRcaServiceGrpc.getServiceDescriptor(), each)
              .run(HealthGrpc.getServiceDescriptor(), each);

      assertThat(fuzz.faults()).isEmpty();
      assertThat(output.getAll().lines().count() - before).isLessThan(20);
      PeerGuard guard = worker.context().getBean(PeerGuard.class);
      await().until(() -> guard.calls() == 0 && guard.messageBytes() == 0);
      assertThat(worker.context().getBean(RequestLimit.class).inFlight()).isZero();
      assertThat(worker.execute("sum-up 10").getResult()).isEqualTo("55");
    }
  }
}
