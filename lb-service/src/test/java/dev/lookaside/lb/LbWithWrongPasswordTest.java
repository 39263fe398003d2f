package dev.lookaside.lb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.lookaside.lb.testing.RunningLb;
import dev.lookaside.testing.etcd.EtcdProcess;
import dev.lookaside.testing.etcd.RequiresRealEtcd;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/** A balancer whose password etcd refuses: it stays up, is not ready, and comes to by itself. */
@RequiresRealEtcd
@ExtendWith(OutputCaptureExtension.class)
class LbWithWrongPasswordTest {

  @Test
  void namesTheUserAndIsNotReadyUntilThePasswordIsRight(
      EtcdProcess etcd, @TempDir Path directory, CapturedOutput output) throws Exception {
    etcd.ctl().requirePassword("fleet", "sesame");
    Path password = Files.writeString(directory.resolve("password"), "shut");

    try (var lb =
        RunningLb.start(
            "--etcd.endpoints=" + etcd.clientUri(),
            "--etcd.username=fleet",
            "--etcd.password-file=" + password)) {
      await()
          .atMost(Duration.ofSeconds(30))
          .until(() ->
              output
                  .getAll()
                  .contains("etcd at " + etcd.clientUri() + " refuses etcd.username 'fleet'"));
      assertThat(lb.get("/actuator/health/readiness").statusCode()).isEqualTo(503);
      assertThat(output.getAll()).doesNotContain("shut");

      Files.writeString(password, "sesame");

      await()
          .atMost(Duration.ofSeconds(30))
          .until(() -> lb.get("/actuator/health/readiness").statusCode() == 200);
    }
  }
}
