package dev.lookaside.registry.jetcd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lookaside.registry.EtcdSettings;
import dev.lookaside.registry.registrar.RegistrarStatus.Phase;
import dev.lookaside.registry.store.EtcdFailure;
import dev.lookaside.registry.testing.Recorder;
import dev.lookaside.registry.testing.WorkerAndWatch;
import dev.lookaside.testing.etcd.EtcdProcess;
import dev.lookaside.testing.etcd.RequiresRealEtcd;
import dev.lookaside.testing.etcd.TlsFiles;
import dev.lookaside.testing.time.Eventually;
import dev.lookaside.tls.PemFiles;
import dev.lookaside.tls.development.DevelopmentAuthority;
import dev.lookaside.tls.development.Wanted;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.assertj.core.api.AbstractThrowableAssert;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An etcd that shows what it should not, and what is said of it. */
@RequiresRealEtcd
final class WrongEtcdCertificateTest {
  private static final Duration TRY = Duration.ofSeconds(5);
  private static final Duration SOON = Duration.ofSeconds(30);

  private static PemFiles right;
  private static PemFiles ofAnotherAuthority;
  private static PemFiles ofAnotherHost;
  private static PemFiles expired;
  private static PemFiles client;
  private static Path shown;
  private static EtcdProcess etcd;

  @BeforeAll
  static void start(@TempDir Path directory) throws Exception {
    DevelopmentAuthority ours = DevelopmentAuthority.in(directory.resolve("ours"));
    right = ours.issue(Wanted.of("etcd", "dns:localhost", "ip:127.0.0.1"));
    ofAnotherHost = ours.issue(Wanted.of("other", "dns:other.example"));
    expired = ours.issue(Wanted.of("old", "dns:localhost", "ip:127.0.0.1").expired());
    client = ours.issue(Wanted.of("client", "uri:spiffe://lookaside/client/c1"));
    DevelopmentAuthority theirs = DevelopmentAuthority.in(directory.resolve("theirs"));
    ofAnotherAuthority = theirs.issue(Wanted.of("theirs", "dns:localhost", "ip:127.0.0.1"));
    shown = Files.createDirectory(directory.resolve("shown"));
    etcd = EtcdProcess.start(show(right));
  }

  @AfterAll
  static void stop() {
    etcd.close();
  }

  @Test
  void aCertificateOfAnotherAuthorityIsTold() {
    show(ofAnotherAuthority);

    assertThatFailure()
        .hasMessageStartingWith(
            unreachable("the certificate of [localhost, 127.0.0.1] is issued by 'CN="))
        .hasMessageContaining("(expected: an authority that is trusted here)");
  }

  @Test
  void aCertificateOfAnotherHostIsTold() {
    show(ofAnotherHost);

    assertThatFailure()
        .hasMessage(unreachable("the certificate is for [other.example] (expected: 127.0.0.1)"));
  }

  @Test
  void aCertificateWhoseTimeIsOverIsTold() {
    show(expired);

    assertThatFailure()
        .hasMessageStartingWith(unreachable("the certificate of [localhost, 127.0.0.1] ended at "))
        .hasMessageEndingWith("(expected: one that is valid now)");
  }

  @Test
  void whoShowsNoCertificateToAnEtcdThatWantsOneIsToldThatItIsForThat() {
    show(right);

    assertThatThrownBy(() -> read(settings(PemFiles.trusting(client.ca().orElseThrow()))))
        .isInstanceOf(EtcdFailure.class)
        .hasMessageStartingWith(unreachable("the peer "))
        .hasMessageContaining("certificate");
  }

  @Test
  void theVersionOfAMemberThatIsNotBelievedIsNotKnownForThatReason() throws Exception {
    show(ofAnotherHost);

    assertThat(MemberVersions.read(settings(client), TRY))
        .extracting(MemberVersions.Member::failure)
        .containsExactly("TLS: the certificate is for [other.example] (expected: 127.0.0.1)");
  }

  @Test
  void aRegistrarAndAWatchGoOnWhenTheCertificateIsRightAgain() {
    show(expired);
    try (WorkerAndWatch both =
        WorkerAndWatch.start(settings(client), Duration.ofSeconds(10), new Recorder())) {
      Eventually.within(
          SOON, "the reason", () -> both.status().detail().contains("TLS: the certificate of"));
      assertThat(both.status().phase()).isEqualTo(Phase.REGISTERING);

      show(right);

      Eventually.within(SOON, "registered", both::registered);
      Eventually.within(SOON, "in sync", both::inSync);
      assertThat(both.status().detail()).isEmpty();
    }
  }

  private static TlsFiles show(PemFiles files) {
    return new TlsFiles(
            files.ca().orElseThrow(), files.certificate().orElseThrow(), files.key().orElseThrow())
        .copiedTo(shown);
  }

  private static AbstractThrowableAssert<?, ? extends Throwable> assertThatFailure() {
    return assertThatThrownBy(() -> read(settings(client))).isInstanceOf(EtcdFailure.class);
  }

  private static String unreachable(String why) {
    return "etcd at " + etcd.clientUri() + " is not reachable: TLS: " + why;
  }

  private static void read(EtcdSettings settings) throws EtcdFailure, InterruptedException {
    try (JetcdStore store = new JetcdStore(settings, "test", TRY, TRY)) {
      var unused = store.get("lookaside/worker/w1");
    }
  }

  private static EtcdSettings settings(PemFiles own) {
    return new EtcdSettings(
        List.of(etcd.clientUri()),
        EtcdSettings.DEFAULT_ROOT,
        Optional.empty(),
        Optional.of(new EtcdSettings.Files(own.ca().orElseThrow(), own.certificate(), own.key())));
  }
}
