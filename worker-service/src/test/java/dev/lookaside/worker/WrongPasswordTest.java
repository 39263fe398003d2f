package dev.lookaside.worker;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lookaside.testing.etcd.EtcdProcess;
import dev.lookaside.testing.etcd.RequiresRealEtcd;
import io.etcd.jetcd.Auth;
import io.etcd.jetcd.ByteSequence;
import io.etcd.jetcd.Client;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A worker whose password etcd refuses can never be found: it says so, and ends. */
@RequiresRealEtcd
class WrongPasswordTest {

  @Test
  void endsWithOneLineThatNamesTheUser(EtcdProcess etcd, @TempDir Path directory) throws Exception {
    requirePassword(etcd);
    Path password = Files.writeString(directory.resolve("password"), "shut");

    try (var worker =
        WorkerProcess.start(
            "w1",
            etcd.clientUri(),
            directory,
            "--etcd.username=root",
            "--etcd.password-file=" + password)) {
      assertThat(worker.exitCode()).isEqualTo(1);
      List<String> errors = worker.errors();
      assertThat(errors)
          .singleElement()
          .asString()
          .contains("etcd at " + etcd.clientUri() + " refuses etcd.username 'root'", "password");
      assertThat(errors.get(0)).doesNotContain("shut");
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
