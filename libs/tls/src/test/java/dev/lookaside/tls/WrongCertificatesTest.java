package dev.lookaside.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.lookaside.tls.development.DevelopmentAuthority;
import dev.lookaside.tls.development.Wanted;
import io.grpc.ChannelCredentials;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Each way in which a certificate can be wrong, and the one line about it on both sides. */
final class WrongCertificatesTest {
  private static PemFiles server;
  private static PemFiles serverOfAnotherHost;
  private static PemFiles expired;
  private static PemFiles client;
  private static PemFiles stranger;

  @BeforeAll
  static void makeCertificates(@TempDir Path directory) {
    DevelopmentAuthority ours = DevelopmentAuthority.in(directory.resolve("ours"));
    server = ours.issue(Wanted.of("server", "uri:spiffe://lookaside/worker/w1", "dns:localhost"));
    serverOfAnotherHost = ours.issue(Wanted.of("other", "dns:other.example"));
    client = ours.issue(Wanted.of("client", "uri:spiffe://lookaside/client/c1"));
    expired = ours.issue(Wanted.of("old", "uri:spiffe://lookaside/old", "dns:localhost").expired());
    DevelopmentAuthority theirs = DevelopmentAuthority.in(directory.resolve("theirs"));
    stranger = theirs.issue(Wanted.of("stranger", "uri:spiffe://elsewhere/c1", "dns:localhost"));
  }

  @Test
  void rightCertificatesConnect() {
    try (TlsServer running = new TlsServer(server)) {
      assertThat(running.call("localhost", credentials(client))).isEqualTo("OK");
      assertThat(running.log).isEmpty();
    }
  }

  @Test
  void aServerOfAnotherAuthorityIsNotBelieved() {
    try (TlsServer running = new TlsServer(stranger)) {
      assertThat(running.call("localhost", credentials(client)))
          .startsWith("TLS: the certificate of [spiffe://elsewhere/c1, localhost] is issued by '")
          .contains("(expected: an authority that is trusted here)");
    }
  }

  @Test
  void aServerOfAnotherNameIsNotBelieved() {
    try (TlsServer running = new TlsServer(serverOfAnotherHost)) {
      assertThat(running.call("localhost", credentials(client)))
          .isEqualTo("TLS: the certificate is for [other.example] (expected: localhost)");
    }
  }

  @Test
  void aServerWhoseTimeIsOverIsNotBelieved() {
    try (TlsServer running = new TlsServer(expired)) {
      assertThat(running.call("localhost", credentials(client)))
          .startsWith("TLS: the certificate of [spiffe://lookaside/old, localhost] ended at ")
          .endsWith("(expected: one that is valid now)");
    }
  }

  @Test
  void aClientOfAnotherAuthorityIsRefusedAndBothSidesSaySo() {
    try (TlsServer running = new TlsServer(server)) {
      PemFiles wrong = new PemFiles(client.ca(), stranger.certificate(), stranger.key());
      assertThat(running.call("localhost", credentials(wrong)))
          .contains("the peer does not accept our certificate");
      await().until(() -> !running.log.isEmpty());
      assertThat(running.log.get(0))
          .startsWith("refused a peer: the certificate of [spiffe://elsewhere/c1, localhost]")
          .contains("(expected: an authority that is trusted here)");
    }
  }

  @Test
  void aClientWhoseTimeIsOverIsRefusedAndBothSidesSaySo() {
    try (TlsServer running = new TlsServer(server)) {
      assertThat(running.call("localhost", credentials(expired)))
          .contains("the peer does not accept our certificate");
      await().until(() -> !running.log.isEmpty());
      assertThat(running.log.get(0)).contains("ended at").contains("spiffe://lookaside/old");
    }
  }

  @Test
  void aServerIsKnownByItsSpiffeIdWhereverItIs() {
    try (TlsServer running = new TlsServer(server)) {
      LiveTls tls = new LiveTls(client.load());
      PeerNames workers = new PeerNames(List.of("spiffe://lookaside/worker/*"));
      PeerNames balancers = new PeerNames(List.of("spiffe://lookaside/balancer/*"));
      assertThat(running.call("127.0.0.1", tls.channelCredentials(workers))).isEqualTo("OK");
      assertThat(running.call("localhost", tls.channelCredentials(balancers)))
          .isEqualTo(
              "TLS: the certificate is for [spiffe://lookaside/worker/w1, localhost] (expected:"
                  + " spiffe://lookaside/balancer/*)");
    }
  }

  private static ChannelCredentials credentials(PemFiles files) {
    return new LiveTls(files.load()).channelCredentials(PeerNames.theHost());
  }
}
