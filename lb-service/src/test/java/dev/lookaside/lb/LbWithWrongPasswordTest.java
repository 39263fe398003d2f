package dev.lookaside.lb;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.lookaside.lb.testing.RunningLb;
import dev.lookaside.testing.etcd.EtcdProcess;
import dev.lookaside.testing.etcd.RequiresRealEtcd;
import io.etcd.jetcd.Auth;
import io.etcd.jetcd.ByteSequence;
import io.etcd.jetcd.Client;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
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
    requirePassword(etcd);
    Path password = Files.writeString(directory.resolve("password"), "shut");

    try (var lb =
        RunningLb.start(
            "--etcd.endpoints=" + etcd.clientUri(),
            "--etcd.username=root",
            "--etcd.password-file=" + password)) {
      await()
          .atMost(Duration.ofSeconds(30))
          .until(() ->
              output
                  .getAll()
                  .contains("etcd at " + etcd.clientUri() + " refuses etcd.username 'root'"));
      assertThat(lb.get("/actuator/health/readiness").statusCode()).isEqualTo(503);
      assertThat(output.getAll()).doesNotContain("shut");

      Files.writeString(password, "sesame");

      await()
          .atMost(Duration.ofSeconds(30))
          .until(() -> lb.get("/actuator/health/readiness").statusCode() == 200);
    }
  }

  private static void requirePassword(EtcdProcess etcd) throws Exception {
    try (Client client = Client.builder().endpoints(etcd.clientUri()).build()) {
      Auth auth = client.getAuthClient();
      auth.userAdd(bytes("root"), bytes("sesame")).get(10, TimeUnit.SECONDS);
      auth.roleAdd(bytes("root")).get(10, TimeUnit.SECONDS);
      auth.userGrantRole(bytes("root"), bytes("root")).get(10, TimeUnit.SECONDS);
      auth.authEnable().get(10, TimeUnit.SECONDS);
    }
  }

  private static ByteSequence bytes(String text) {
    return ByteSequence.from(text, UTF_8);
  }
}
