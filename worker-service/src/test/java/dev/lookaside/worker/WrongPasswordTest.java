package dev.lookaside.worker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lookaside.testing.etcd.EtcdProcess;
import dev.lookaside.testing.etcd.RequiresRealEtcd;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A worker whose password etcd refuses can never be found: it says so, and ends. */
@RequiresRealEtcd
class WrongPasswordTest {

  @Test
  void endsWithOneLineThatNamesTheUser(EtcdProcess etcd, @TempDir Path directory) throws Exception {
    etcd.ctl().requirePassword("fleet", "sesame");
    Path password = Files.writeString(directory.resolve("password"), "shut");

    try (var worker =
        WorkerProcess.start(
            "w1",
            etcd.clientUri(),
            directory,
            "--etcd.username=fleet",
            "--etcd.password-file=" + password)) {
      assertThat(worker.exitCode()).isEqualTo(1);
      List<String> errors = worker.errors();
      assertThat(errors)
          .singleElement()
          .asString()
          .contains("etcd at " + etcd.clientUri() + " refuses etcd.username 'fleet'", "password");
      assertThat(errors.get(0)).doesNotContain("shut");
    }
  }
}
