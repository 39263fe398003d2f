package dev.lookaside.lb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.lookaside.lb.testing.RunningLb;
import dev.lookaside.limits.PeerGuard;
import dev.lookaside.testing.fuzz.Fuzz;
import io.micrometer.core.instrument.MeterRegistry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/** Whatever a client sends, the answer says whose fault it is, and nothing of it stays. */
@ExtendWith(OutputCaptureExtension.class)
class LbFuzzTest {
  private static final long SEED = 20_261_127;

  @Test
  void nonsenseIsRefusedAsTheClientsFaultAndLeavesNothing(CapturedOutput output) {
    try (RunningLb lb =
        RunningLb.start(
            "--lb.registry=embedded",
            "--lb.csds.enabled=true",
            "--lookaside.debug.reflection=true",
            "--lookaside.debug.channelz=true")) {
      await().until(() -> lb.get("/actuator/health/readiness").statusCode() == 200);
      long before = output.getAll().lines().count();
      int each = Fuzz.messages() / 3 / lb.services().size();
      Fuzz fuzz = new Fuzz(lb.rpcPort(), SEED);

      lb.services().forEach(service -> fuzz.run(service.getServiceDescriptor(), each));

      assertThat(fuzz.faults()).isEmpty();
      assertThat(output.getAll().lines().count() - before).isLessThan(20);
      PeerGuard guard = lb.context().getBean(PeerGuard.class);
      await().until(() -> guard.calls() == 0 && guard.messageBytes() == 0);
      MeterRegistry meters = lb.context().getBean(MeterRegistry.class);
      await().until(() -> meters.get("lookaside.subscribers").gauge().value() == 0);
    }
  }
}
