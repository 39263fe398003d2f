package dev.lookaside.registry.jetcd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lookaside.registry.EtcdSettings;
import dev.lookaside.registry.EtcdSettings.Credentials;
import dev.lookaside.registry.registrar.Registrar;
import dev.lookaside.registry.testing.Recorder;
import dev.lookaside.registry.testing.WorkerAndWatch;
import dev.lookaside.registry.view.RegistrySync.Stale;
import dev.lookaside.testing.etcd.EtcdCtl;
import dev.lookaside.testing.etcd.EtcdProcess;
import dev.lookaside.testing.etcd.RequiresRealEtcd;
import dev.lookaside.testing.time.Eventually;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An etcd that asks for a password. */
@RequiresRealEtcd
class PasswordTest {
  private static final Duration TTL = Duration.ofSeconds(3);

  /** On a machine that is busy; otherwise 6 s suffice. */
  private static final Duration SOON = Duration.ofSeconds(20);

  @TempDir Path directory;

  @Test
  void aRightPasswordWorksAWrongOneIsNamedAndARevokedPermissionMakesTheViewStale(EtcdProcess etcd)
      throws Exception {
    EtcdCtl root = etcd.ctl().requirePassword("lb", "open");
    Recorder recorder = new Recorder();

    try (WorkerAndWatch both = WorkerAndWatch.start(settings(etcd, "open\n"), TTL, recorder)) {
      Eventually.within(
          SOON,
          "registered and seen",
          () -> both.registered() && both.view().tables().containsKey("worker"));
      assertThat(recorder.count("denied")).isZero();

      Recorder wrong = new Recorder();
      try (Registrar locked = WorkerAndWatch.registrar(settings(etcd, "shut"), TTL, wrong)) {
        locked.start();
        Eventually.within(SOON, "denied", () -> wrong.count("denied: ") > 0);
        assertThat(wrong.heard().get(0))
            .contains("etcd at " + etcd.clientUri() + " refuses etcd.username 'lb'", "password");
      }

      root.run("role", "revoke-permission", "lb", "--prefix=true", "lookaside/");
      Eventually.within(SOON, "stale", () -> both.view().sync() instanceof Stale);
      assertThat(both.view().tables())
          .hasEntrySatisfying("worker", table -> assertThat(table.size()).isEqualTo(1));
      root.run("role", "grant-permission", "lb", "--prefix=true", "readwrite", "lookaside/");
      Eventually.within(SOON, "in sync", both::inSync);
    }
  }

  @Test
  void aPasswordFileThatIsMissingIsNamedAtTheStart(EtcdProcess etcd) {
    EtcdSettings settings =
        new EtcdSettings(
            List.of(etcd.clientUri()),
            "lookaside",
            Optional.of(new Credentials("lb", directory.resolve("none"))),
            Optional.empty());
    try (Registrar registrar = WorkerAndWatch.registrar(settings, TTL, new Recorder())) {
      assertThatThrownBy(registrar::start)
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage(
              "etcd.password-file is '"
                  + directory.resolve("none")
                  + "' (expected: a readable file)");
    }
  }

  private EtcdSettings settings(EtcdProcess etcd, String password) throws IOException {
    Path file = Files.createTempFile(directory, "password", "");
    Files.writeString(file, password);
    return new EtcdSettings(
        List.of(etcd.clientUri()),
        "lookaside",
        Optional.of(new Credentials("lb", file)),
        Optional.empty());
  }
}
